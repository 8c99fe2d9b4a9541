package io.mlopscore.model.onnx;

import com.google.protobuf.CodedInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The parts of an ONNX graph that our own scorers look at.
///
/// Read straight from the wire format: the generated classes for all of ONNX cost more start-up
/// time than everything else in loading a forest. Field numbers are those of
/// https://github.com/onnx/onnx/blob/main/onnx/onnx.proto.
///
/// @param nodes the operators, in the order of the file
/// @param inputs the names of the inputs, weights excluded
/// @param constants the weights of one element, by name; those of more elements are left out
record OnnxGraph(List<OnnxNode> nodes, List<String> inputs, Map<String, Float> constants) {

  /// @throws IOException if the bytes are not a protobuf message
  static OnnxGraph read(byte[] model) throws IOException {
    var graph = new OnnxGraph(new ArrayList<>(), new ArrayList<>(), new HashMap<>());
    Wire.message(
        CodedInputStream.newInstance(model),
        (field, in) -> field == 7 && Wire.nested(in, graph::readField));
    if (graph.nodes.isEmpty()) {
      throw new IOException("it has no graph with operators");
    }
    return graph;
  }

  private boolean readField(int field, CodedInputStream in) throws IOException {
    return switch (field) {
      case 1 -> nodes.add(OnnxNode.read(in));
      case 5 -> readConstant(in);
      case 11 -> inputs.add(name(in));
      default -> false;
    };
  }

  private static String name(CodedInputStream in) throws IOException {
    var names = new ArrayList<String>();
    Wire.nested(in, (field, value) -> field == 1 && names.add(value.readString()));
    return names.isEmpty() ? "" : names.getFirst();
  }

  private boolean readConstant(CodedInputStream in) throws IOException {
    var tensor = new OnnxTensor();
    Wire.nested(in, tensor::readField);
    tensor.scalar().ifPresent(value -> constants.put(tensor.name(), value));
    return true;
  }
}
