package io.mlopscore.model.onnx;

import com.google.protobuf.CodedInputStream;
import java.io.IOException;

/// A named value that goes into a graph, or out of it.
final class OnnxInput {
  private String name = "";
  private int type;

  static OnnxInput read(CodedInputStream in) throws IOException {
    var input = new OnnxInput();
    Wire.nested(in, input::readField);
    return input;
  }

  private boolean readField(int field, CodedInputStream in) throws IOException {
    switch (field) {
      case 1 -> name = in.readString();
      case 2 -> Wire.nested(in, (kind, tensor) -> kind == 1 && Wire.nested(tensor, this::readType));
      default -> {
        return false;
      }
    }
    return true;
  }

  private boolean readType(int field, CodedInputStream in) throws IOException {
    if (field == 1) {
      type = in.readInt32();
    }
    return field == 1;
  }

  String name() {
    return name;
  }

  boolean isOfFloats() {
    return type == OnnxTensor.FLOAT;
  }
}
