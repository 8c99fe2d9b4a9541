package io.mlopscore.deploy.terraform;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A message of protocol buffers, as far as Terraform's protocol needs them: numbers and bytes.
final class Message {
  private static final int NUMBER = 0;
  private static final int BYTES = 2;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  Message with(int field, byte[] value) {
    key(field, BYTES);
    varint(value.length);
    out.writeBytes(value);
    return this;
  }

  Message with(int field, String value) {
    return with(field, value.getBytes(StandardCharsets.UTF_8));
  }

  Message with(int field, Message value) {
    return with(field, value.toBytes());
  }

  Message with(int field, long value) {
    key(field, NUMBER);
    varint(value);
    return this;
  }

  Message with(int field, boolean value) {
    return value ? with(field, 1) : this;
  }

  byte[] toBytes() {
    return out.toByteArray();
  }

  /// A field of a message that holds bytes; the last one of several, empty if there is none.
  static byte[] field(byte[] message, int number) {
    byte[] found = {};
    var at = new int[1];
    while (at[0] < message.length) {
      long key = varint(message, at);
      if ((key & 7) == NUMBER) {
        varint(message, at);
      } else if ((key & 7) == BYTES) {
        int length = (int) varint(message, at);
        if (key >>> 3 == number) {
          found = Arrays.copyOfRange(message, at[0], at[0] + length);
        }
        at[0] += length;
      } else {
        throw new IllegalArgumentException("a field of wire type " + (key & 7));
      }
    }
    return found;
  }

  private void key(int field, int type) {
    varint(((long) field << 3) | type);
  }

  private void varint(long value) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      out.write((int) ((rest & 0x7f) | 0x80));
      rest >>>= 7;
    }
    out.write((int) rest);
  }

  private static long varint(byte[] bytes, int[] at) {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      byte next = bytes[at[0]++];
      value |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
    }
  }
}
