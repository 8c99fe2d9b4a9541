package io.mlopscore.model.onnx;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;

/// Walks over the fields of a protobuf message.
final class Wire {
  private Wire() {}

  /// Takes the value of one field from the stream, or leaves it there.
  @FunctionalInterface
  interface Field {
    /// @return whether the value was taken
    boolean read(int number, CodedInputStream in) throws IOException;
  }

  /// Takes the next value from the stream.
  @FunctionalInterface
  interface Value {
    void read(CodedInputStream in) throws IOException;
  }

  static void message(CodedInputStream in, Field field) throws IOException {
    for (var tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (!field.read(WireFormat.getTagFieldNumber(tag), in)) {
        in.skipField(tag);
      }
    }
  }

  static boolean nested(CodedInputStream in, Field field) throws IOException {
    var outer = in.pushLimit(in.readRawVarint32());
    message(in, field);
    in.popLimit(outer);
    return true;
  }

  /// Reads a repeated number, packed or one by one, as writers differ.
  static boolean repeated(CodedInputStream in, Value value) throws IOException {
    if (WireFormat.getTagWireType(in.getLastTag()) != WireFormat.WIRETYPE_LENGTH_DELIMITED) {
      value.read(in);
      return true;
    }
    var outer = in.pushLimit(in.readRawVarint32());
    while (in.getBytesUntilLimit() > 0) {
      value.read(in);
    }
    in.popLimit(outer);
    return true;
  }
}
