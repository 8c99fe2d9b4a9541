package io.mlopscore.pipeline;

import java.security.MessageDigest;
import java.util.HexFormat;

/// What identifies content: the MD5 of a file's bytes, or that of a directory's listing with the
/// suffix `.dir`.
///
/// Held as two numbers rather than as text, since there may be millions of them.
///
/// @param high the first eight bytes of the MD5
/// @param low the other eight
/// @param isDirectory whether it names a listing
/// @param isLegacy whether DVC 2 recorded it, whose MD5 of text is another, see [Dos2UnixMd5]
public record Hash(long high, long low, boolean isDirectory, boolean isLegacy) {
  private static final int DIGITS = 32;
  private static final String DIRECTORY = ".dir";
  private static final String LEGACY = "md5-dos2unix:";

  /// @param value 32 hexadecimal digits, with `.dir` for a listing
  /// @throws PipelineException when it is anything else
  public Hash(String value) {
    this(digits(value, 0), digits(value, DIGITS / 2), value.length() > DIGITS, false);
  }

  /// @param legacy whether DVC 2 recorded it
  public static Hash of(String value, boolean legacy) {
    return new Hash(value).as(legacy);
  }

  /// The inverse of [#labelled].
  static Hash ofLabelled(String text) {
    return text.startsWith(LEGACY) ? of(text.substring(LEGACY.length()), true) : new Hash(text);
  }

  /// The same digits, taken as DVC 2 recorded them or as DVC 3 does.
  Hash as(boolean legacy) {
    return new Hash(high, low, isDirectory, legacy);
  }

  private static long digits(String value, int from) {
    boolean shape =
        value.length() == DIGITS
            || (value.length() == DIGITS + DIRECTORY.length() && value.endsWith(DIRECTORY));
    if (shape) {
      try {
        return HexFormat.fromHexDigitsToLong(value, from, from + DIGITS / 2);
      } catch (NumberFormatException _) {
        shape = false;
      }
    }
    throw new PipelineException("'" + value + "' is not an MD5 of 32 hexadecimal digits");
  }

  /// @param md5 its 16 bytes
  static Hash ofFile(byte[] md5) {
    return new Hash(number(md5, 0), number(md5, Long.BYTES), false, false);
  }

  static Hash ofDirectory(byte[] md5) {
    return new Hash(number(md5, 0), number(md5, Long.BYTES), true, false);
  }

  private static long number(byte[] bytes, int from) {
    long number = 0;
    for (int i = from; i < from + Long.BYTES; i++) {
      number = number << Byte.SIZE | (bytes[i] & 0xff);
    }
    return number;
  }

  /// As it is written: lower case, with `.dir` for a listing.
  public String value() {
    var hex = HexFormat.of();
    return hex.toHexDigits(high) + hex.toHexDigits(low) + (isDirectory ? DIRECTORY : "");
  }

  /// The value, said to be one of DVC 2 if it is.
  public String labelled() {
    return isLegacy ? LEGACY + value() : value();
  }

  /// Takes up bytes, and has the MD5 that this hash should be.
  public MessageDigest digest() {
    return isLegacy ? new Dos2UnixMd5() : Md5.digest("MD5");
  }

  /// Whether this is the MD5 of the same bytes, be they a file's or a listing's.
  boolean sameBytes(Hash other) {
    return high == other.high && low == other.low;
  }

  @Override
  public String toString() {
    return value();
  }
}
