package io.mlopscore.pipeline.remote;

import io.mlopscore.pipeline.ObjectFolders;
import io.mlopscore.storage.ObjectStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/// A place beside the cache that keeps its objects for others.
///
/// @param url as the settings have it; a local directory is an absolute path
/// @param prefix what its keys begin with in the store: empty, or ends with `/`
/// @param directory where it is, if it is a local directory
/// @param listable whether it can be asked which objects it has, rather than for one by one
/// @param jobs how many objects to move at a time
/// @param verified whether what comes from it is hashed before it counts
/// @param versioned whether it keeps files in versions under their own paths, not by their hash
public record Remote(
    String name,
    String url,
    ObjectStore store,
    String prefix,
    Optional<Path> directory,
    boolean listable,
    int jobs,
    boolean verified,
    boolean versioned)
    implements AutoCloseable {

  /// The same remote, what comes from which is hashed in any case.
  Remote checked() {
    return new Remote(name, url, store, prefix, directory, listable, jobs, true, versioned);
  }

  /// What tells whether an object came or went; empty when it is no local directory, or when one
  /// did so just now.
  OptionalLong state() throws IOException {
    return directory.isPresent() ? ObjectFolders.in(directory.get()).state() : OptionalLong.empty();
  }

  /// The URL of what is below its own.
  String url(String key) {
    return url.replaceFirst("/+$", "") + "/" + key;
  }

  String key(StoredObject object) {
    return prefix + object.key();
  }

  @Override
  public void close() {
    store.close();
  }
}
