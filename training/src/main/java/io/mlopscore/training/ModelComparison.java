package io.mlopscore.training;

import io.mlopscore.model.Column;
import io.mlopscore.model.ModelFolder;
import io.mlopscore.training.csv.CsvFile;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// A new model beside the one in service, on the same rows.
///
/// @param champion empty if there is none yet
/// @param test whether they differ; the candidate is the first. Empty without a champion
public record ModelComparison(
    Evaluation candidate, Optional<Evaluation> champion, Optional<McNemar> test) {

  /// Evaluates the first model of a project.
  public static ModelComparison of(ModelFolder candidate, CsvFile data, String target) {
    try (var scorer = candidate.scorer()) {
      var evaluation = Evaluation.of(scorer, rows(candidate, data, target));
      return new ModelComparison(evaluation, Optional.empty(), Optional.empty());
    }
  }

  /// Evaluates both. Each takes the columns of its own signature, so a candidate may use fewer, or
  /// in another order.
  ///
  /// @throws TrainingException if the data lacks a column of one of them
  public static ModelComparison of(
      ModelFolder candidate, ModelFolder champion, CsvFile data, String target) {
    var candidateRows = rows(candidate, data, target);
    var championRows = rows(champion, data, target);
    try (var first = candidate.scorer();
        var second = champion.scorer()) {
      return new ModelComparison(
          Evaluation.of(first, candidateRows),
          Optional.of(Evaluation.of(second, championRows)),
          Optional.of(McNemar.of(first, candidateRows, second, championRows)));
    }
  }

  private static Table rows(ModelFolder model, CsvFile data, String target) {
    var features = model.signature().inputs().stream().map(Column::name).toList();
    var missing = new TreeSet<>(features);
    data.header().forEach(missing::remove);
    if (!missing.isEmpty()) {
      throw new TrainingException(
          "%s: no column %s, which the %s takes; the columns are %s"
              .formatted(
                  data.path(),
                  quoted(missing),
                  model.description().modelType(),
                  String.join(", ", data.header())));
    }
    return Table.of(data, target, features);
  }

  private static String quoted(TreeSet<String> names) {
    return String.join(", ", List.copyOf(names).stream().map(name -> "'" + name + "'").toList());
  }
}
