package io.mlopscore.pipeline;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Reads a `.dir` object that is written as DVC and we write it, with no escape in any name: nearly
/// all of them, and many times faster than as JSON of any shape.
final class PlainListing {
  static final byte[] BEFORE_MD5 = "{\"md5\": \"".getBytes(US_ASCII);
  static final byte[] BEFORE_PATH = "\", \"relpath\": \"".getBytes(US_ASCII);
  static final byte[] END = "\"}".getBytes(US_ASCII);

  private static final int DIGITS = 32;

  private final byte[] bytes;
  private int at;

  private PlainListing(byte[] bytes) {
    this.bytes = bytes;
  }

  /// Empty when the bytes are of another shape.
  static Optional<Map<String, Hash>> read(byte[] bytes) {
    try {
      return new PlainListing(bytes).read();
    } catch (IndexOutOfBoundsException | PipelineException _) {
      return Optional.empty();
    }
  }

  private Optional<Map<String, Hash>> read() {
    var files = new LinkedHashMap<String, Hash>();
    boolean plain = take('[');
    if (plain && take(']')) {
      return atEnd(files);
    }
    while (plain && take(BEFORE_MD5)) {
      var md5 = new String(bytes, at, DIGITS, US_ASCII);
      at += DIGITS;
      plain = take(BEFORE_PATH);
      int start = at;
      while (bytes[at] != '"' && bytes[at] != '\\' && bytes[at] > 0) {
        at++;
      }
      files.put(new String(bytes, start, at - start, US_ASCII), new Hash(md5));
      plain &= take('"') && take('}');
      if (plain && take(']')) {
        return atEnd(files);
      }
      plain &= take(',') && take(' ');
    }
    return Optional.empty();
  }

  private Optional<Map<String, Hash>> atEnd(Map<String, Hash> files) {
    return at == bytes.length ? Optional.of(files) : Optional.empty();
  }

  private boolean take(char wanted) {
    boolean found = bytes[at] == wanted;
    at += found ? 1 : 0;
    return found;
  }

  private boolean take(byte[] wanted) {
    for (byte expected : wanted) {
      if (bytes[at] != expected) {
        return false;
      }
      at++;
    }
    return true;
  }
}
