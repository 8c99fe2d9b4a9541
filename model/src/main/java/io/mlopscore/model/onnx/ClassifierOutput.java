package io.mlopscore.model.onnx;

import ai.onnxruntime.OnnxMap;
import ai.onnxruntime.OnnxSequence;
import ai.onnxruntime.OnnxTensor;
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

  /// One output for each class, as [OnnxExport] writes.
  record Columns(List<String> classes) implements ClassifierOutput {
    @Override
    public Set<String> names() {
      return classes.stream().map(c -> OnnxExport.PROBABILITY + c).collect(Collectors.toSet());
    }

    @Override
    public double[] probabilities(OrtSession.Result result) {
      return classes.stream()
          .map(label -> result.get(OnnxExport.PROBABILITY + label).orElseThrow())
          .mapToDouble(value -> ((OnnxTensor) value).getFloatBuffer().get(0))
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
      var values = ((OnnxTensor) result.get(0)).getFloatBuffer();
      var probabilities = new double[classes];
      for (var c = 0; c < classes; c++) {
        probabilities[c] = values.get(c);
      }
      return probabilities;
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

  static ClassifierOutput of(OrtSession session, List<String> classes) throws OrtException {
    var columns = new Columns(classes);
    if (session.getOutputNames().containsAll(columns.names())) {
      return columns;
    }
    for (var output : session.getOutputInfo().entrySet()) {
      if (output.getValue().getInfo() instanceof SequenceInfo info && info.isSequenceOfMaps()) {
        return new Maps(output.getKey(), classes);
      }
      if (output.getValue().getInfo() instanceof TensorInfo info
          && info.getShape().length == 2
          && info.getShape()[1] == classes.size()) {
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
