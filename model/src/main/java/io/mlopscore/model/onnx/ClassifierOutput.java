package io.mlopscore.model.onnx;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxMap;
import ai.onnxruntime.OnnxSequence;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.SequenceInfo;
import ai.onnxruntime.TensorInfo;
import io.mlopscore.model.ModelException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Where a graph gives its probabilities, of the three ways in use.
sealed interface ClassifierOutput {
  /// The outputs to ask for.
  Set<String> names();

  /// The probabilities of the first row.
  double[] probabilities(OrtSession.Result result) throws OrtException;

  /// One output for each class: as [OnnxExport] writes, or scikit-learn's exporter with
  /// `zipmap: columns`, where a label has the first letter of its type before it.
  record Columns(String prefix, List<String> classes) implements ClassifierOutput {
    static final List<String> PREFIXES = List.of(OnnxExport.PROBABILITY, "s", "i");

    @Override
    public Set<String> names() {
      return classes.stream().map(label -> prefix + label).collect(Collectors.toSet());
    }

    @Override
    public double[] probabilities(OrtSession.Result result) {
      return classes.stream()
          .map(label -> result.get(prefix + label).orElseThrow())
          .mapToDouble(value -> numbers(value, 1)[0])
          .toArray();
    }
  }

  /// One output of shape (rows, classes).
  record Table(String name, int classes) implements ClassifierOutput {
    @Override
    public Set<String> names() {
      return Set.of(name);
    }

    @Override
    public double[] probabilities(OrtSession.Result result) {
      return numbers(result.get(0), classes);
    }
  }

  /// A list of maps from label to probability, as scikit-learn's exporter writes by default.
  record Maps(String name, List<String> classes) implements ClassifierOutput {
    @Override
    public Set<String> names() {
      return Set.of(name);
    }

    @Override
    public double[] probabilities(OrtSession.Result result) throws OrtException {
      var first = (OnnxMap) ((OnnxSequence) result.get(0)).getValue().getFirst();
      var byLabel =
          first.getValue().entrySet().stream()
              .collect(Collectors.toMap(e -> e.getKey().toString(), e -> (Float) e.getValue()));
      return classes.stream().mapToDouble(label -> byLabel.getOrDefault(label, 0f)).toArray();
    }
  }

  /// The first values of a tensor, which doubles are in a graph of doubles.
  private static double[] numbers(OnnxValue value, int count) {
    var tensor = (OnnxTensor) value;
    var numbers = new double[count];
    if (tensor.getInfo().type == OnnxJavaType.DOUBLE) {
      tensor.getDoubleBuffer().get(numbers);
      return numbers;
    }
    var floats = tensor.getFloatBuffer();
    for (var i = 0; i < count; i++) {
      numbers[i] = floats.get(i);
    }
    return numbers;
  }

  static ClassifierOutput of(OrtSession session, List<String> classes) throws OrtException {
    for (var prefix : Columns.PREFIXES) {
      var columns = new Columns(prefix, classes);
      if (session.getOutputNames().containsAll(columns.names())) {
        return columns;
      }
    }
    for (var output : session.getOutputInfo().entrySet()) {
      if (output.getValue().getInfo() instanceof SequenceInfo info && info.isSequenceOfMaps()) {
        return new Maps(output.getKey(), classes);
      }
      if (output.getValue().getInfo() instanceof TensorInfo info
          && (info.type == OnnxJavaType.FLOAT || info.type == OnnxJavaType.DOUBLE)
          && info.getShape().length == 2
          && (info.getShape()[1] == classes.size() || info.getShape()[1] < 0)) {
        return new Table(output.getKey(), classes.size());
      }
    }
    throw new ModelException(
        "the ONNX model gives "
            + session.getOutputNames()
            + ", none of which holds a probability for each of "
            + classes);
  }
}
