package io.mlopscore.model.onnx;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A weight of a graph, of which only single floats are of interest.
final class OnnxTensor {
  private static final int FLOAT = 1;

  private String name = "";
  private int type;
  private ByteString raw = ByteString.EMPTY;
  private final List<Float> floats = new ArrayList<>();

  boolean readField(int field, CodedInputStream in) throws IOException {
    switch (field) {
      case 2 -> type = in.readInt32();
      case 4 -> Wire.repeated(in, value -> floats.add(value.readFloat()));
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
}
