package io.mlopscore.serving;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/// Lines in memory that wait to be written. Not safe for several threads.
final class LogBuffer {
  private byte[] bytes = new byte[64 << 10];
  private int size;
  private int lines;

  int size() {
    return size;
  }

  int lines() {
    return lines;
  }

  void add(byte[] line) {
    lines++;
    int needed = size + line.length + 1;
    if (needed > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(needed, bytes.length * 2));
    }
    System.arraycopy(line, 0, bytes, size, line.length);
    size = needed;
    bytes[size - 1] = '\n';
  }

  void writeTo(OutputStream target) throws IOException {
    target.write(bytes, 0, size);
  }

  void clear() {
    size = 0;
    lines = 0;
  }
}
