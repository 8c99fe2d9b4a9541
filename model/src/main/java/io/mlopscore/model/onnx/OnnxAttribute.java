package io.mlopscore.model.onnx;

import com.google.protobuf.CodedInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// A setting of an operator.
final class OnnxAttribute {
  private String name = "";
  private String text = "";
  private final FloatValues floats = new FloatValues(0);
  private final LongValues ints = new LongValues();
  private final List<String> strings = new ArrayList<>();

  boolean readField(int field, CodedInputStream in) throws IOException {
    switch (field) {
      case 1 -> name = in.readString();
      case 4 -> text = in.readString();
      case 7 -> Wire.repeated(in, value -> floats.append(value.readFloat()));
      case 8 -> Wire.repeated(in, value -> ints.append(value.readInt64()));
      case 9 -> strings.add(in.readString());
      default -> {
        return false;
      }
    }
    return true;
  }

  String name() {
    return name;
  }

  String text() {
    return text;
  }

  List<Float> floats() {
    return floats;
  }

  List<Long> ints() {
    return ints;
  }

  List<String> strings() {
    return strings;
  }
}
