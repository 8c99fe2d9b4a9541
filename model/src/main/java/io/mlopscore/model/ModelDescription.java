package io.mlopscore.model;

import java.util.List;
import java.util.Map;

/// What a model says of itself, beside its bytes; kept under `metadata:` in the `MLmodel` file.
///
/// @param modelType the algorithm in the words of scikit-learn, such as `RandomForestClassifier`
/// @param classes the class labels, in the order of the probabilities
/// @param ranges the accepted values of each input that has a limit, by column name
/// @param trainingRows the number of rows it was trained on
/// @param hyperparameters the settings it was trained with, as text, by name
public record ModelDescription(
    String modelType,
    List<String> classes,
    Map<String, Range> ranges,
    long trainingRows,
    Map<String, String> hyperparameters) {
  public ModelDescription {
    classes = List.copyOf(classes);
    ranges = Map.copyOf(ranges);
    hyperparameters = Map.copyOf(hyperparameters);
  }
}
