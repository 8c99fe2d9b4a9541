package io.mlopscore.serving;

import io.mlopscore.model.Column;
import io.mlopscore.model.ModelException;
import io.mlopscore.model.Range;
import java.util.Arrays;

/// Scores one row before a model may serve.
final class SelfTest {
  private SelfTest() {}

  /// @throws ModelException if the answer is not one probability for each class
  static void run(ServedModel model) {
    var probabilities = model.probabilities(example(model));
    var sum = Arrays.stream(probabilities).sum();
    var sound =
        probabilities.length == model.classes().size()
            && Arrays.stream(probabilities).allMatch(p -> p >= 0 && p <= 1.000001)
            && Math.abs(sum - 1) < 0.01;
    if (!sound) {
      throw new ModelException(
          "self-test failed: %d classes, but the probabilities of the input example are %s"
              .formatted(model.classes().size(), Arrays.toString(probabilities)));
    }
  }

  /// The row that was stored with the model; where it says nothing, the middle of the range.
  static double[] example(ServedModel model) {
    var columns = model.folder().signature().inputs();
    return columns.stream().mapToDouble(column -> example(model, column)).toArray();
  }

  static double example(ServedModel model, Column column) {
    var range = model.folder().description().ranges().getOrDefault(column.name(), new Range(0, 0));
    return switch (model.folder().inputExample().get(column.name())) {
      case Number number -> number.doubleValue();
      case Boolean flag -> flag ? 1 : 0;
      case null, default -> Math.rint((range.min() + range.max()) / 2);
    };
  }
}
