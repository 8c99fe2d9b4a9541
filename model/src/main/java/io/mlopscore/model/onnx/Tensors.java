package io.mlopscore.model.onnx;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;

/// Inputs and outputs of a graph, to be written; the number of rows is left open.
final class Tensors {
  private Tensors() {}

  static ValueInfoProto floats(String name, int columns) {
    return table(name, DataType.FLOAT, columns);
  }

  static ValueInfoProto table(String name, DataType type, int columns) {
    var shape = rows().addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(columns));
    return tensor(name, type, shape);
  }

  static ValueInfoProto strings(String name) {
    return vector(name, DataType.STRING);
  }

  static ValueInfoProto vector(String name, DataType type) {
    return tensor(name, type, rows());
  }

  private static TensorShapeProto.Builder rows() {
    return TensorShapeProto.newBuilder()
        .addDim(TensorShapeProto.Dimension.newBuilder().setDimParam("rows"));
  }

  private static ValueInfoProto tensor(String name, DataType type, TensorShapeProto.Builder shape) {
    var tensor = TypeProto.Tensor.newBuilder().setElemType(type.getNumber()).setShape(shape);
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(tensor))
        .build();
  }
}
