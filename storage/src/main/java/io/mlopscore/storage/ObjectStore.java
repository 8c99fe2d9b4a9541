package io.mlopscore.storage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;

/// Bytes under a key.
///
/// A key is a relative path with `/` between its parts, such as `files/md5/ab/cdef`. An object is
/// either there with all its bytes or not there: nobody sees one that is half written.
public interface ObjectStore {
  boolean exists(String key) throws IOException;

  /// The bytes of an object; the caller closes the stream.
  ///
  /// @throws java.nio.file.NoSuchFileException when there is none
  InputStream open(String key) throws IOException;

  /// Stores the bytes of a local file, replacing what was there.
  void put(String key, Path source) throws IOException;

  /// The keys that start with `prefix`, sorted; an empty prefix lists all.
  List<String> list(String prefix) throws IOException;

  /// Removes an object; one that is not there is no error.
  void delete(String key) throws IOException;

  /// @throws IllegalArgumentException when the key is empty, absolute, or has an empty, `.` or `..`
  ///     part
  static String requireKey(String key) {
    for (var part : key.split("/", -1)) {
      if (part.isEmpty() || part.equals(".") || part.equals("..") || part.indexOf('\\') >= 0) {
        throw new IllegalArgumentException("'" + key + "' is not a key: use names joined by '/'");
      }
    }
    return key;
  }
}
