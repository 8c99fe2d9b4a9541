package io.mlopscore.storage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;

/// The versions of its objects that a store keeps: what is put replaces nothing, it comes on top.
public interface ObjectVersions {
  /// Whether the store says that it keeps them. One that does not tell is taken to: what is put
  /// there has an id if it does.
  boolean areKept() throws IOException;

  /// The version that who asks for none gets; empty when there is no such object.
  Optional<ObjectVersion> latest(String key) throws IOException;

  /// Whether an object has this very version.
  boolean exists(String key, String id) throws IOException;

  /// The bytes of a version; the caller closes the stream.
  ///
  /// @param from the first byte, below the size unless 0
  /// @throws java.nio.file.NoSuchFileException when there is no such version
  InputStream open(String key, String id, long from) throws IOException;

  /// Stores the bytes of a local file as the latest version.
  ObjectVersion put(String key, Path source) throws IOException;
}
