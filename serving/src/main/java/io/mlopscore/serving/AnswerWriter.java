package io.mlopscore.serving;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/// Writes predictions of one model as JSON; everything but the numbers is encoded beforehand.
final class AnswerWriter {
  private static final byte[] PREDICTION = ascii("{\"prediction\":");
  private static final byte[] CONFIDENCE = ascii(",\"confidence\":");
  private static final byte[] PROBABILITIES = ascii(",\"probabilities\":{");
  private static final byte[] END = ascii("}}");

  private final byte[][] labels;
  private final byte[][] members;
  private final int size;

  /// @param classes the labels, in the order of the probabilities
  AnswerWriter(List<String> classes) {
    labels = new byte[classes.size()][];
    members = new byte[classes.size()][];
    int sum = 80;
    for (int i = 0; i < labels.length; i++) {
      labels[i] = quoted(classes.get(i));
      members[i] = ascii((i == 0 ? "" : ",") + ascii(labels[i]) + ":");
      sum += members[i].length + 24;
    }
    size = sum;
  }

  /// @param winner the class with the highest probability
  byte[] write(double[] probabilities, int winner) {
    var out = new Buffer(size + labels[winner].length);
    out.writeBytes(PREDICTION);
    out.writeBytes(labels[winner]);
    out.writeBytes(CONFIDENCE);
    out.writeBytes(number(probabilities[winner]));
    out.writeBytes(PROBABILITIES);
    for (int i = 0; i < members.length; i++) {
      out.writeBytes(members[i]);
      out.writeBytes(number(probabilities[i]));
    }
    out.writeBytes(END);
    return out.toByteArray();
  }

  /// With no more digits than its type tells apart: most models give floats.
  private static byte[] number(double value) {
    float narrow = (float) value;
    return ascii(narrow == value ? Float.toString(narrow) : Double.toString(value));
  }

  private static byte[] quoted(String label) {
    var member = Json.object(out -> out.writeNullField(label));
    return Arrays.copyOfRange(member, 1, member.length - ":null}".length());
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static String ascii(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  /// Bytes that are known to fit.
  private static final class Buffer {
    private final byte[] bytes;
    private int length;

    Buffer(int size) {
      bytes = new byte[size];
    }

    void writeBytes(byte[] more) {
      System.arraycopy(more, 0, bytes, length, more.length);
      length += more.length;
    }

    byte[] toByteArray() {
      return Arrays.copyOf(bytes, length);
    }
  }
}
