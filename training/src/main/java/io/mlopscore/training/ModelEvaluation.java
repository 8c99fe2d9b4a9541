package io.mlopscore.training;

import io.mlopscore.model.Column;
import io.mlopscore.tracking.Artifacts;
import io.mlopscore.tracking.Metric;
import io.mlopscore.tracking.RunBatch;
import io.mlopscore.tracking.TrackingStore;
import io.mlopscore.training.awt.ConfusionPicture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Evaluates a model, and logs the figures to the run that made it.
///
/// @param store where that run is
/// @param artifacts where its files are
/// @param clock tells the time of the metrics
public record ModelEvaluation(TrackingStore store, Artifacts artifacts, Clock clock) {

  /// @throws TrainingException if the data has other features than the model
  public Evaluation run(EvaluationJob job) throws IOException {
    var table = Table.of(job.data(), job.params().target());
    checkFeatures(job, table);
    try (var scorer = job.model().scorer()) {
      var evaluation = Evaluation.of(scorer, table);
      var importance = FeatureImportance.of(scorer, table, job.params().randomState());
      Outputs.writeJson(job.metrics(), summary(evaluation, importance));
      Outputs.write(job.picture(), ConfusionPicture.png(evaluation.matrix()));
      if (job.roc().isPresent()) {
        Outputs.write(job.roc().get(), evaluation.roc().csv());
      }
      log(job, table, evaluation, importance);
      return evaluation;
    }
  }

  private static void checkFeatures(EvaluationJob job, Table table) {
    var wanted = job.model().signature().inputs().stream().map(Column::name).toList();
    if (!wanted.equals(table.features())) {
      throw new TrainingException(
          "%s has the features %s, but the model in %s takes %s"
              .formatted(job.data().path(), table.features(), job.model().directory(), wanted));
    }
  }

  /// The content of `metrics.json`: the four headline figures flat, the rest below them.
  private static Map<String, Object> summary(
      Evaluation evaluation, Map<String, Double> importance) {
    var summary = new LinkedHashMap<String, Object>();
    summary.put("accuracy", evaluation.accuracy());
    summary.put("precision", evaluation.precision());
    summary.put("recall", evaluation.recall());
    summary.put("f1_score", evaluation.f1());
    summary.put("log_loss", evaluation.logLoss());
    evaluation.roc().area().ifPresent(area -> summary.put("roc_auc", area));
    summary.put("n_test", evaluation.matrix().total());
    var classes = new LinkedHashMap<String, Object>();
    evaluation.byLabel().forEach((label, scores) -> classes.put(label, byName(scores)));
    summary.put("classes", classes);
    summary.put("feature_importance", importance);
    summary.put("confusion_matrix", counts(evaluation.matrix()));
    return summary;
  }

  private static Map<String, Object> byName(LabelScores scores) {
    var names = new LinkedHashMap<String, Object>();
    names.put("precision", scores.precision());
    names.put("recall", scores.recall());
    names.put("f1_score", scores.f1());
    names.put("support", scores.support());
    return names;
  }

  /// By true label, then by given label.
  private static Map<String, Object> counts(ConfusionMatrix matrix) {
    var counts = new LinkedHashMap<String, Object>();
    for (var row = 0; row < matrix.labels().size(); row++) {
      var given = new LinkedHashMap<String, Integer>();
      for (var column = 0; column < matrix.labels().size(); column++) {
        given.put(matrix.labels().get(column), matrix.counts().get(row).get(column));
      }
      counts.put(matrix.labels().get(row), given);
    }
    return counts;
  }

  private void log(
      EvaluationJob job, Table table, Evaluation evaluation, Map<String, Double> importance)
      throws IOException {
    if (job.model().mlmodel().runId().isEmpty()) {
      return;
    }
    var runId = job.model().mlmodel().runId().get();
    var now = clock.millis();
    var byFeature = new LinkedHashMap<String, Double>();
    importance.forEach((feature, growth) -> byFeature.put("importance_" + feature, growth));
    var metrics = MetricNames.accepted(evaluation.metrics(), byFeature);
    var points =
        metrics.entrySet().stream().map(m -> new Metric(m.getKey(), m.getValue(), now, 0)).toList();
    store.log(runId, new RunBatch(points, Map.of(), Map.of()));
    store.logInputs(runId, List.of(TableDigest.input(job.data(), table.target(), "eval")));
    uploadMatrix(job, evaluation.matrix(), store.run(runId).info().artifactUri());
  }

  private void uploadMatrix(EvaluationJob job, ConfusionMatrix matrix, String artifactUri)
      throws IOException {
    var folder = Files.createTempDirectory("confusion_matrix");
    try {
      Outputs.write(folder.resolve("confusion_matrix.txt"), matrix.text());
      Outputs.writeJson(folder.resolve("confusion_matrix.json"), counts(matrix));
      Files.copy(job.picture(), folder.resolve("confusion_matrix.png"));
      artifacts.upload(folder, artifactUri + "/confusion_matrix");
    } finally {
      delete(folder);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      for (var file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }
}
