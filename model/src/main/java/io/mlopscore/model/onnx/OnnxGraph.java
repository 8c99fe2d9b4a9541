package io.mlopscore.model.onnx;

import com.google.protobuf.CodedInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The parts of an ONNX graph that we look at ourselves.
///
/// Read straight from the wire format: the generated classes for all of ONNX cost more start-up
/// time than everything else in loading a forest. Field numbers are those of
/// https://github.com/onnx/onnx/blob/main/onnx/onnx.proto.
///
/// @param nodes the operators, in the order of the file
/// @param inputs the inputs, weights excluded
/// @param outputs the names of the outputs
/// @param constants the weights of one element, by name; those of more elements are left out
/// @param labels the weights that may be class labels, by name
record OnnxGraph(
    List<OnnxNode> nodes,
    List<OnnxInput> inputs,
    List<String> outputs,
    Map<String, Float> constants,
    Map<String, List<String>> labels) {

  /// @throws IllegalArgumentException if the bytes are not a protobuf message
  static OnnxGraph read(byte[] model) {
    var graph =
        new OnnxGraph(
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            new HashMap<>(),
            new HashMap<>());
    try {
      Wire.message(
          CodedInputStream.newInstance(model),
          (field, in) -> field == 7 && Wire.nested(in, graph::readField));
    } catch (IOException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
    if (graph.nodes.isEmpty()) {
      throw new IllegalArgumentException("it has no graph with operators");
    }
    return graph;
  }

  private boolean readField(int field, CodedInputStream in) throws IOException {
    return switch (field) {
      case 1 -> nodes.add(OnnxNode.read(in));
      case 5 -> readConstant(in);
      case 11 -> inputs.add(OnnxInput.read(in));
      case 12 -> outputs.add(OnnxInput.read(in).name());
      default -> false;
    };
  }

  private boolean readConstant(CodedInputStream in) throws IOException {
    var tensor = new OnnxTensor();
    Wire.nested(in, tensor::readField);
    tensor.scalar().ifPresent(value -> constants.put(tensor.name(), value));
    if (!tensor.labels().isEmpty()) {
      labels.put(tensor.name(), tensor.labels());
    }
    return true;
  }
}
