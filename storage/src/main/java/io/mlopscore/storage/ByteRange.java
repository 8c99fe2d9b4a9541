package io.mlopscore.storage;

import java.util.Optional;

/// The header that asks for a part of an object (RFC 9110, 14.2).
final class ByteRange {
  private ByteRange() {}

  /// The value of `Range`; none for a whole object, since an empty one has no range that could be
  /// met.
  ///
  /// @param from the first byte
  /// @param length how many bytes at most, above 0
  static Optional<String> header(long from, long length) {
    if (from == 0 && length == Long.MAX_VALUE) {
      return Optional.empty();
    }
    var to = length > Long.MAX_VALUE - from ? "" : String.valueOf(from + length - 1);
    return Optional.of("bytes=" + from + "-" + to);
  }
}
