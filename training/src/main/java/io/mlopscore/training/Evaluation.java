package io.mlopscore.training;

import io.mlopscore.model.Scorer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;

/// How well a model does on rows with known labels. Definitions are scikit-learn's, `weighted`
/// averages (https://scikit-learn.org/stable/modules/model_evaluation.html).
///
/// @param matrix the confusion matrix
/// @param logLoss the mean of -log(probability of the true label), natural logarithm
/// @param roc the curves of the classes that the rows have
public record Evaluation(ConfusionMatrix matrix, double logLoss, RocCurves roc) {

  /// Scores every row of a table.
  public static Evaluation of(Scorer scorer, Table table) {
    var answers = answers(scorer, table);
    var given = answers.stream().map(answer -> scorer.classes().get(best(answer))).toList();
    var labels = new TreeSet<>(scorer.classes());
    labels.addAll(table.labels());
    return new Evaluation(
        ConfusionMatrix.of(List.copyOf(labels), table.labels(), given),
        logLoss(scorer.classes(), answers, table.labels()),
        RocCurves.of(scorer.classes(), answers, table.labels()));
  }

  static double logLoss(Scorer scorer, Table table) {
    return logLoss(scorer.classes(), answers(scorer, table), table.labels());
  }

  private static List<double[]> answers(Scorer scorer, Table table) {
    var answers = new ArrayList<double[]>();
    for (var row = 0; row < table.size(); row++) {
      answers.add(scorer.probabilities(table.row(row)));
    }
    return answers;
  }

  private static double logLoss(List<String> classes, List<double[]> answers, List<String> labels) {
    var loss = 0.0;
    for (var row = 0; row < labels.size(); row++) {
      loss -= Math.log(probability(classes, answers.get(row), labels.get(row)));
    }
    return loss / labels.size();
  }

  /// The first of the highest probabilities.
  static int best(double[] probabilities) {
    var best = 0;
    for (var c = 1; c < probabilities.length; c++) {
      if (probabilities[c] > probabilities[best]) {
        best = c;
      }
    }
    return best;
  }

  /// Kept from 0, whose logarithm is infinite, by the smallest step of a double at 1, as
  /// scikit-learn does.
  private static double probability(List<String> classes, double[] probabilities, String label) {
    var position = classes.indexOf(label);
    var probability = position < 0 ? 0 : probabilities[position];
    return Math.clamp(probability, Math.ulp(1.0), 1 - Math.ulp(1.0));
  }

  public double accuracy() {
    var correct = 0;
    for (var label = 0; label < matrix.labels().size(); label++) {
      correct += matrix.correct(label);
    }
    return (double) correct / matrix.total();
  }

  public double precision() {
    return weighted(LabelScores::precision);
  }

  public double recall() {
    return weighted(LabelScores::recall);
  }

  public double f1() {
    return weighted(LabelScores::f1);
  }

  /// The mean over the labels, each as heavy as the rows that have it.
  private double weighted(ToDoubleFunction<LabelScores> score) {
    return byLabel().values().stream()
            .mapToDouble(scores -> score.applyAsDouble(scores) * scores.support())
            .sum()
        / matrix.total();
  }

  /// The scores of each label, in the order of the matrix.
  public Map<String, LabelScores> byLabel() {
    var scores = new LinkedHashMap<String, LabelScores>();
    for (var label = 0; label < matrix.labels().size(); label++) {
      scores.put(matrix.labels().get(label), LabelScores.of(matrix, label));
    }
    return scores;
  }

  /// The metrics of a run, by names that a tracking server takes.
  public Map<String, Double> metrics() {
    var metrics = new LinkedHashMap<String, Double>();
    metrics.put("accuracy", accuracy());
    metrics.put("precision_weighted", precision());
    metrics.put("recall_weighted", recall());
    metrics.put("f1_score_weighted", f1());
    metrics.put("log_loss", logLoss);
    roc.area().ifPresent(area -> metrics.put("roc_auc", area));
    return MetricNames.accepted(metrics, metricsOfLabels());
  }

  private Map<String, Double> metricsOfLabels() {
    var metrics = new LinkedHashMap<String, Double>();
    byLabel()
        .forEach(
            (label, scores) -> {
              metrics.put("precision_" + label, scores.precision());
              metrics.put("recall_" + label, scores.recall());
              metrics.put("f1_score_" + label, scores.f1());
            });
    return metrics;
  }

  /// The same, and once more under the names that `metrics.json` has for them, dotted where it is
  /// nested.
  public Map<String, Double> metricsByAnyName() {
    var metrics = new LinkedHashMap<>(metrics());
    metrics.put("precision", precision());
    metrics.put("recall", recall());
    metrics.put("f1_score", f1());
    byLabel()
        .forEach(
            (label, scores) -> {
              var prefix = "classes." + label + ".";
              metrics.put(prefix + "precision", scores.precision());
              metrics.put(prefix + "recall", scores.recall());
              metrics.put(prefix + "f1_score", scores.f1());
            });
    return metrics;
  }
}
