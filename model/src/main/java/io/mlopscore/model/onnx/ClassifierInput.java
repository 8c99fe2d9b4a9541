package io.mlopscore.model.onnx;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import ai.onnxruntime.ValueInfo;
import io.mlopscore.model.Column;
import io.mlopscore.model.ModelException;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/// How a graph takes a row: as one tensor, or as one tensor for each column.
///
/// @param width the number of values in a row
/// @param parts one for each input of the graph
record ClassifierInput(int width, List<Part> parts) {

  /// One input of a graph.
  ///
  /// @param from the first value of the row that it takes
  /// @param count how many values it takes
  /// @param rank the number of dimensions of its tensor
  record Part(String name, OnnxJavaType type, int from, int count, int rank) {}

  static ClassifierInput of(OrtSession session, List<Column> columns) throws OrtException {
    var names = columns.stream().map(Column::name).toList();
    var inputs = session.getInputInfo();
    var parts = new ArrayList<Part>();
    if (inputs.size() == 1) {
      var only = inputs.values().iterator().next();
      parts.add(part(only.getName(), only.getInfo(), 0, names.size()));
    } else if (inputs.keySet().equals(new HashSet<>(names))) {
      for (var input : inputs.values()) {
        parts.add(part(input.getName(), input.getInfo(), names.indexOf(input.getName()), 1));
      }
    } else {
      throw new ModelException(
          "the inputs of the ONNX graph are %s, but the columns of the signature are %s"
              .formatted(inputs.keySet(), names));
    }
    return new ClassifierInput(names.size(), parts);
  }

  private static Part part(String name, ValueInfo info, int from, int count) {
    if (!(info instanceof TensorInfo tensor) || !isServed(tensor, count)) {
      throw new ModelException(
          "the input '%s' of the ONNX graph is %s; only rows of numbers are served"
              .formatted(name, info));
    }
    var shape = tensor.getShape();
    if (shape.length == 2 && shape[1] >= 0 && shape[1] != count) {
      throw new ModelException(
          "the input '%s' of the ONNX graph takes %d values, but the signature has %d for it"
              .formatted(name, shape[1], count));
    }
    return new Part(name, tensor.type, from, count, shape.length);
  }

  private static boolean isServed(TensorInfo tensor, int count) {
    var rank = tensor.getShape().length;
    return switch (tensor.type) {
      case FLOAT, DOUBLE, INT32, INT64 -> rank == 2 || (rank == 1 && count == 1);
      case INT8, INT16, UINT8, BOOL, STRING, FLOAT16, BFLOAT16, UNKNOWN -> false;
    };
  }

  /// The tensors of one row, to be closed after its run.
  RowTensors tensors(double[] row) throws OrtException {
    if (row.length != width) {
      throw new ModelException(
          "the model takes " + width + " values, but the row has " + row.length);
    }
    var tensors = new RowTensors(HashMap.newHashMap(parts.size()));
    try {
      for (var part : parts) {
        tensors.byName().put(part.name(), tensor(part, row));
      }
      return tensors;
    } catch (OrtException | RuntimeException e) {
      tensors.close();
      throw e;
    }
  }

  private static OnnxTensor tensor(Part part, double[] row) throws OrtException {
    var environment = OrtEnvironment.getEnvironment();
    var shape = part.rank() == 2 ? new long[] {1, part.count()} : new long[] {part.count()};
    return switch (part.type()) {
      case DOUBLE -> {
        var values = DoubleBuffer.wrap(row, part.from(), part.count()).slice();
        yield OnnxTensor.createTensor(environment, values, shape);
      }
      case INT64 -> {
        var values = LongBuffer.allocate(part.count());
        for (var i = 0; i < part.count(); i++) {
          values.put(i, whole(part, row[part.from() + i]));
        }
        yield OnnxTensor.createTensor(environment, values, shape);
      }
      case INT32 -> {
        var values = IntBuffer.allocate(part.count());
        for (var i = 0; i < part.count(); i++) {
          values.put(i, Math.toIntExact(whole(part, row[part.from() + i])));
        }
        yield OnnxTensor.createTensor(environment, values, shape);
      }
      default -> {
        var values = FloatBuffer.allocate(part.count());
        for (var i = 0; i < part.count(); i++) {
          values.put(i, (float) row[part.from() + i]);
        }
        yield OnnxTensor.createTensor(environment, values, shape);
      }
    };
  }

  /// A fraction or a missing value must not become another number unseen.
  private static long whole(Part part, double value) {
    if (value != Math.rint(value)) {
      throw new ModelException(
          "the input '%s' of the ONNX graph takes whole numbers, not %s"
              .formatted(part.name(), value));
    }
    return (long) value;
  }

  /// Tensors by the name of the input.
  record RowTensors(Map<String, OnnxTensor> byName) implements AutoCloseable {
    @Override
    public void close() {
      byName.values().forEach(OnnxTensor::close);
    }
  }
}
