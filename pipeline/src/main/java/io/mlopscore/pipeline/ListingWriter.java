package io.mlopscore.pipeline;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.mlopscore.pipeline.yaml.JsonText;
import java.io.IOException;
import java.io.OutputStream;

/// Writes a listing as the bytes of its `.dir` object, the counterpart of [PlainListing]: piece by
/// piece and without a string for each file, since there may be millions of them.
final class ListingWriter {
  private static final byte[] DIGITS = "0123456789abcdef".getBytes(US_ASCII);
  private static final byte[] BETWEEN = ", ".getBytes(US_ASCII);
  private static final int PIECE = 1 << 16;

  private final OutputStream out;
  private final byte[] piece = new byte[PIECE];
  private int length;

  ListingWriter(OutputStream out) {
    this.out = out;
  }

  void write(DirectoryListing listing) throws IOException {
    put((byte) '[');
    boolean first = true;
    for (var file : listing.files().entrySet()) {
      if (!first) {
        put(BETWEEN);
      }
      first = false;
      entry(file.getKey(), file.getValue());
    }
    put((byte) ']');
    out.write(piece, 0, length);
    length = 0;
  }

  private void entry(String path, Hash hash) throws IOException {
    put(PlainListing.BEFORE_MD5);
    digits(hash.high());
    digits(hash.low());
    put(PlainListing.BEFORE_PATH);
    name(path);
    put(PlainListing.END);
  }

  private void digits(long number) throws IOException {
    for (int shift = Long.SIZE - 4; shift >= 0; shift -= 4) {
      put(DIGITS[(int) (number >>> shift) & 0xf]);
    }
  }

  /// Few names have anything to escape.
  private void name(String path) throws IOException {
    for (int i = 0; i < path.length(); i++) {
      char next = path.charAt(i);
      if (next < ' ' || next > '~' || next == '"' || next == '\\') {
        put(escaped(path.substring(i)));
        return;
      }
      put((byte) next);
    }
  }

  private static byte[] escaped(String text) {
    var quoted = new StringBuilder();
    JsonText.string(quoted, text);
    return quoted.substring(1, quoted.length() - 1).getBytes(US_ASCII);
  }

  private void put(byte[] bytes) throws IOException {
    for (byte next : bytes) {
      put(next);
    }
  }

  private void put(byte next) throws IOException {
    if (length == PIECE) {
      out.write(piece, 0, length);
      length = 0;
    }
    piece[length++] = next;
  }
}
