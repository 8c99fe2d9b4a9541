package io.mlopscore.pipeline.remote;

import io.mlopscore.pipeline.CloudVersion;
import io.mlopscore.pipeline.VersionedFile;
import io.mlopscore.storage.ObjectVersion;
import io.mlopscore.storage.ObjectVersions;
import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/// Finds out which files a cloud versioned remote has. Any number of threads may look.
final class VersionSearch {
  private final Remote remote;
  private final ObjectVersions versions;
  private final ConcurrentLinkedQueue<PathFile> absent = new ConcurrentLinkedQueue<>();
  private final Map<String, VersionedFile> found = new ConcurrentHashMap<>();

  VersionSearch(Remote remote, ObjectVersions versions) {
    this.remote = remote;
    this.versions = versions;
  }

  /// Those that must be sent.
  Collection<PathFile> absent() {
    return absent;
  }

  /// Those that are there in a version that is not recorded, by path.
  Map<String, VersionedFile> found() {
    return found;
  }

  void look(PathFile file) throws IOException {
    if (!hasRecorded(file)) {
      var latest = latest(file);
      if (latest.isPresent()) {
        found.put(file.path(), versioned(remote, file, latest.get()));
      } else {
        absent.add(file);
      }
    }
  }

  /// Whether the remote has the version that is recorded.
  boolean hasRecorded(PathFile file) throws IOException {
    var has = new boolean[1];
    if (file.id().isPresent()) {
      Attempts.OVER_NETWORK.run(
          () -> has[0] = versions.exists(remote.prefix() + file.path(), file.id().get()));
    }
    return has[0];
  }

  /// The latest version if it has the content: its tag is the MD5, but for large files.
  private Optional<ObjectVersion> latest(PathFile file) throws IOException {
    var latest = new ConcurrentLinkedQueue<ObjectVersion>();
    Attempts.OVER_NETWORK.run(
        () -> versions.latest(remote.prefix() + file.path()).ifPresent(latest::add));
    return latest.stream()
        .filter(version -> !version.id().isEmpty() && !file.hash().isLegacy())
        .filter(version -> version.tag().equals(file.hash().value()))
        .findFirst();
  }

  static VersionedFile versioned(Remote remote, PathFile file, ObjectVersion version) {
    var cloud = new CloudVersion(remote.name(), version.tag(), version.id());
    return new VersionedFile(file.hash(), version.size(), false, Optional.of(cloud));
  }
}
