package io.mlopscore.model.onnx;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A weight of a graph, of which only single floats and lists of labels are of interest.
final class OnnxTensor {
  static final int FLOAT = 1;
  private static final int INT32 = 6;
  private static final int INT64 = 7;
  private static final int STRING = 8;

  private String name = "";
  private int type;
  private ByteString raw = ByteString.EMPTY;
  private final List<Float> floats = new ArrayList<>();
  private final List<Long> integers = new ArrayList<>();
  private final List<String> strings = new ArrayList<>();

  boolean readField(int field, CodedInputStream in) throws IOException {
    switch (field) {
      case 2 -> type = in.readInt32();
      case 4 -> Wire.repeated(in, value -> floats.add(value.readFloat()));
      case 5 -> Wire.repeated(in, value -> integers.add((long) value.readInt32()));
      case 6 -> strings.add(in.readString());
      case 7 -> Wire.repeated(in, value -> integers.add(value.readInt64()));
      case 8 -> name = in.readString();
      case 9 -> raw = in.readBytes();
      default -> {
        return false;
      }
    }
    return true;
  }

  String name() {
    return name;
  }

  /// The value, if it is one 32-bit float.
  Optional<Float> scalar() {
    if (type != FLOAT) {
      return Optional.empty();
    }
    if (raw.size() == Float.BYTES) {
      return Optional.of(raw.asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN).getFloat());
    }
    return floats.size() == 1 ? Optional.of(floats.getFirst()) : Optional.empty();
  }

  /// The values as class labels, integers as text; empty if they are of another type.
  List<String> labels() {
    return switch (type) {
      case STRING -> strings;
      case INT32, INT64 -> integers().stream().map(String::valueOf).toList();
      default -> List.of();
    };
  }

  private List<Long> integers() {
    var bytes = raw.asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    var values = new ArrayList<>(integers);
    while (bytes.remaining() >= (type == INT64 ? Long.BYTES : Integer.BYTES)) {
      values.add(type == INT64 ? bytes.getLong() : bytes.getInt());
    }
    return values;
  }
}
