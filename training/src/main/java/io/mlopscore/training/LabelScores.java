package io.mlopscore.training;

/// How well one label was told from the others.
///
/// @param precision the share of rows given the label that truly have it; 0 if none was given it
/// @param recall the share of rows having the label that were given it; 0 if none has it
/// @param f1 the harmonic mean of both; 0 if both are 0
/// @param support the rows that truly have the label
public record LabelScores(double precision, double recall, double f1, int support) {

  static LabelScores of(ConfusionMatrix matrix, int label) {
    var precision = share(matrix.correct(label), matrix.given(label));
    var recall = share(matrix.correct(label), matrix.actual(label));
    var f1 = share(2 * precision * recall, precision + recall);
    return new LabelScores(precision, recall, f1, matrix.actual(label));
  }

  private static double share(double part, double whole) {
    return whole == 0 ? 0 : part / whole;
  }
}
