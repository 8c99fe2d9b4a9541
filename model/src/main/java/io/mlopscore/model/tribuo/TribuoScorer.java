package io.mlopscore.model.tribuo;

import io.mlopscore.model.Column;
import io.mlopscore.model.ModelException;
import io.mlopscore.model.Scorer;
import io.mlopscore.model.Signature;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.tribuo.Model;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.impl.ArrayExample;

/// Scores any Tribuo classifier with Tribuo's own code.
///
/// Rows are narrowed to 32-bit floats first, as in the other flavors, so that all of them decide
/// alike on which side of a threshold a value lies.
public final class TribuoScorer implements Scorer {
  private final Model<Label> model;
  private final String[] features;
  private final List<String> classes;

  private TribuoScorer(Model<Label> model, Signature signature, List<String> classes) {
    this.model = model;
    this.features = signature.inputs().stream().map(Column::name).toArray(String[]::new);
    this.classes = List.copyOf(classes);
  }

  /// @param signature names the features, in the order of a row
  /// @param classes the labels, in the order wanted for the probabilities; empty to take those of
  ///     the model
  /// @throws ModelException if the file is not a Tribuo classifier
  public static Scorer load(Path file, Signature signature, List<String> classes) {
    try {
      var model = Model.deserializeFromFile(file).castModel(Label.class);
      return new TribuoScorer(model, signature, classes.isEmpty() ? labels(model) : classes);
    } catch (IOException | IllegalStateException | ClassCastException e) {
      throw new ModelException(file + ": not a Tribuo classifier: " + e.getMessage(), e);
    }
  }

  private static List<String> labels(Model<Label> model) {
    return model.getOutputIDInfo().getDomain().stream().map(Label::getLabel).sorted().toList();
  }

  @Override
  public List<String> classes() {
    return classes;
  }

  @Override
  public double[] probabilities(double[] row) {
    if (row.length != features.length) {
      throw new ModelException(
          "the model takes " + features.length + " values, but the row has " + row.length);
    }
    var example = new ArrayExample<>(LabelFactory.UNKNOWN_LABEL, features, narrowed(row));
    var scores = model.predict(example).getOutputScores();
    return classes.stream().mapToDouble(label -> score(scores.get(label))).toArray();
  }

  private static double score(@org.jspecify.annotations.Nullable Label label) {
    return label == null ? 0 : label.getScore();
  }

  private static double[] narrowed(double[] row) {
    var values = new double[row.length];
    for (var i = 0; i < row.length; i++) {
      values[i] = (float) row[i];
    }
    return values;
  }

  @Override
  public void close() {}
}
