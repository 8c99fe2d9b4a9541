package io.mlopscore.storage;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Bytes under a key.
///
/// A key is a relative path with `/` between its parts, such as `files/md5/ab/cdef`. An object is
/// either there with all its bytes or not there: nobody sees one that is half written. Streams in
/// both directions are never held in memory as a whole.
public interface ObjectStore extends AutoCloseable {
  /// The bytes that an object has; empty when there is none, or only a folder of that name.
  OptionalLong size(String key) throws IOException;

  default boolean exists(String key) throws IOException {
    return size(key).isPresent();
  }

  /// What the store calls this content, such as an HTTP entity tag: it changes with the content.
  /// Empty when there is no such object, or the store has no tags.
  default Optional<String> tag(String key) throws IOException {
    return Optional.empty();
  }

  /// The bytes of an object; the caller closes the stream.
  ///
  /// @throws java.nio.file.NoSuchFileException when there is none
  default InputStream open(String key) throws IOException {
    return open(key, 0, Long.MAX_VALUE);
  }

  /// A part of an object; the caller closes the stream.
  ///
  /// @param from the first byte, below the size unless 0
  /// @param length how many bytes at most; fewer come where the object ends
  /// @throws java.nio.file.NoSuchFileException when there is none
  InputStream open(String key, long from, long length) throws IOException;

  /// Stores what a stream gives, replacing what was there. A stream that breaks leaves nothing.
  ///
  /// @param size how many bytes will come, or -1 where nobody knows
  /// @throws java.io.EOFException when fewer come
  void put(String key, InputStream content, long size) throws IOException;

  /// Stores the bytes of a local file, replacing what was there.
  default void put(String key, Path source) throws IOException {
    try (var content = Files.newInputStream(source)) {
      put(key, content, Files.size(source));
    }
  }

  /// The keys that start with `prefix`, sorted; an empty prefix lists all.
  default List<String> list(String prefix) throws IOException {
    return summaries(prefix).stream().map(ObjectSummary::key).toList();
  }

  /// The objects whose keys start with `prefix`, sorted by key; an empty prefix stands for all.
  List<ObjectSummary> summaries(String prefix) throws IOException;

  /// What lies directly in a folder, by name; empty if there is no such folder.
  ///
  /// @param folder a key, or empty for the whole store
  List<StoredEntry> children(String folder) throws IOException;

  /// Removes an object; one that is not there is no error.
  void delete(String key) throws IOException;

  /// Removes all objects below a folder; a folder that is not there is no error.
  default void deleteFolder(String folder) throws IOException {
    for (var key : list(requireKey(folder) + "/")) {
      delete(key);
    }
  }

  /// What lets others move bytes without passing through this process; empty where it cannot.
  default Optional<SignedTransfers> signedTransfers() {
    return Optional.empty();
  }

  /// The versions of its objects; empty where it keeps none that we can ask for.
  default Optional<ObjectVersions> versions() {
    return Optional.empty();
  }

  @Override
  default void close() {}

  /// @throws IllegalArgumentException when the key is empty, absolute, or has an empty, `.` or `..`
  ///     part, a backslash or NUL
  static String requireKey(String key) {
    for (var part : key.split("/", -1)) {
      if (part.isEmpty() || part.equals(".") || part.equals("..") || hasForbidden(part)) {
        throw new IllegalArgumentException("'" + key + "' is not a key: use names joined by '/'");
      }
    }
    return key;
  }

  /// @param came how many bytes a stream gave
  /// @param size how many were promised, or -1
  /// @throws EOFException when fewer came
  static void requireWhole(long came, long size) throws EOFException {
    if (size >= 0 && came < size) {
      throw new EOFException("only " + came + " of " + size + " bytes came");
    }
  }

  private static boolean hasForbidden(String part) {
    return part.indexOf('\\') >= 0 || part.indexOf('\0') >= 0;
  }
}
