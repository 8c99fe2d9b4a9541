package io.mlopscore.serving;

import io.mlopscore.model.Column;
import io.mlopscore.model.ColumnType;
import io.mlopscore.model.Mlmodel;
import io.mlopscore.model.ModelDescription;
import io.mlopscore.model.ModelFolder;
import io.mlopscore.model.Range;
import io.mlopscore.model.Scorer;
import io.mlopscore.model.Signature;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/// A model of iris flowers that needs no training: it looks at the length of the petal.
final class FlowerModel implements Scorer {
  static final List<String> CLASSES = List.of("setosa", "versicolor", "virginica");
  final AtomicBoolean closed = new AtomicBoolean();

  static ModelFolder folder() {
    var inputs =
        List.of("sepal_length", "sepal_width", "petal_length", "petal_width").stream()
            .map(name -> new Column(name, ColumnType.DOUBLE, true))
            .toList();
    var range = new Range(0, 20);
    var description =
        new ModelDescription(
            "RandomForestClassifier",
            CLASSES,
            Map.of(
                "sepal_length", range,
                "sepal_width", range,
                "petal_length", range,
                "petal_width", range),
            120,
            Map.of());
    var signature =
        new Signature(inputs, List.of(new Column("prediction", ColumnType.STRING, true)));
    return new ModelFolder(
        Path.of("flowers"),
        new Mlmodel(signature, description, Optional.empty(), Optional.empty(), List.of()),
        Map.of("sepal_length", 5.1, "sepal_width", 3.5, "petal_length", 1.4, "petal_width", 0.2));
  }

  @Override
  public List<String> classes() {
    return CLASSES;
  }

  @Override
  public double[] probabilities(double[] row) {
    if (closed.get()) {
      throw new IllegalStateException("used after it was closed");
    }
    if (row[2] < 2.5) {
      return new double[] {1.0, 0.0, 0.0};
    }
    return row[2] < 5 ? new double[] {0.05, 0.9, 0.05} : new double[] {0.0, 0.125, 0.875};
  }

  @Override
  public void close() {
    closed.set(true);
  }
}
