package io.mlopscore.pipeline.remote;

import io.mlopscore.pipeline.CloudVersion;
import io.mlopscore.pipeline.Hash;
import java.util.Optional;

/// A file of data as a cloud versioned remote keeps it: under its own path.
///
/// @param path from the root of the repository, and below the URL of the remote
/// @param name its path as people see it
/// @param version which one is recorded; empty until it is pushed
record PathFile(String path, String name, Hash hash, Optional<CloudVersion> version) {

  /// Its content in the cache.
  StoredObject object() {
    return StoredObject.of(hash, name);
  }

  /// What is moved to the remote: files with one content are several there.
  StoredObject target() {
    return new StoredObject(path, name);
  }

  /// What to say of a recorded version that a remote lacks.
  String lostBy(Remote remote) {
    var to = version.map(CloudVersion::remote).orElse(remote.name());
    return to.equals(remote.name())
        ? "remote '%s' lost version %s of it".formatted(remote.name(), id().orElse(""))
        : "remote '%s' lacks the recorded version, which was pushed to '%s'; get it with -r %s"
            .formatted(remote.name(), to, to);
  }

  /// The id of the recorded version, if the bucket kept one.
  Optional<String> id() {
    return version.filter(CloudVersion::isKept).map(CloudVersion::id);
  }
}
