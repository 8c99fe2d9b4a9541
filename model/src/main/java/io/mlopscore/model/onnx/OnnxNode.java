package io.mlopscore.model.onnx;

import com.google.protobuf.CodedInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// An operator of a graph.
final class OnnxNode {
  private static final OnnxAttribute ABSENT = new OnnxAttribute();

  private String operator = "";
  private final List<String> inputs = new ArrayList<>();
  private final List<String> outputs = new ArrayList<>();
  private final Map<String, OnnxAttribute> attributes = new HashMap<>();

  static OnnxNode read(CodedInputStream in) throws IOException {
    var node = new OnnxNode();
    Wire.nested(in, node::readField);
    return node;
  }

  private boolean readField(int field, CodedInputStream in) throws IOException {
    switch (field) {
      case 1 -> inputs.add(in.readString());
      case 2 -> outputs.add(in.readString());
      case 4 -> operator = in.readString();
      case 5 -> readAttribute(in);
      default -> {
        return false;
      }
    }
    return true;
  }

  private void readAttribute(CodedInputStream in) throws IOException {
    var attribute = new OnnxAttribute();
    Wire.nested(in, attribute::readField);
    attributes.put(attribute.name(), attribute);
  }

  String operator() {
    return operator;
  }

  List<String> inputs() {
    return inputs;
  }

  List<String> outputs() {
    return outputs;
  }

  boolean has(String attribute) {
    return attributes.containsKey(attribute);
  }

  /// The attribute, without values if the node does not have it.
  OnnxAttribute attribute(String name) {
    return attributes.getOrDefault(name, ABSENT);
  }

  /// The class labels of a classifier or of a `ZipMap`, integers as text; empty for other
  // operators.
  List<String> classes() {
    if (has("classlabels_strings")) {
      return attribute("classlabels_strings").strings();
    }
    var integers = has("classlabels_int64s") ? "classlabels_int64s" : "classlabels_ints";
    return attribute(integers).ints().stream().map(String::valueOf).toList();
  }
}
