package io.mlopscore.training;

import io.mlopscore.model.Scorer;

/// Whether two classifiers differ on the same rows: McNemar's exact test
/// (https://doi.org/10.1007/BF02295996). Rows that both get right, or both wrong, tell nothing.
///
/// @param onlyFirst rows that the first alone gets right
/// @param onlySecond rows that the second alone gets right
public record McNemar(int onlyFirst, int onlySecond) {

  /// @param firstRows the rows with the columns that the first takes
  /// @param secondRows the same rows with those that the second takes
  static McNemar of(Scorer first, Table firstRows, Scorer second, Table secondRows) {
    int onlyFirst = 0;
    int onlySecond = 0;
    for (int row = 0; row < firstRows.size(); row++) {
      boolean firstIsRight = isRight(first, firstRows, row);
      boolean secondIsRight = isRight(second, secondRows, row);
      onlyFirst += firstIsRight && !secondIsRight ? 1 : 0;
      onlySecond += secondIsRight && !firstIsRight ? 1 : 0;
    }
    return new McNemar(onlyFirst, onlySecond);
  }

  private static boolean isRight(Scorer scorer, Table table, int row) {
    var best = Evaluation.best(scorer.probabilities(table.row(row)));
    return scorer.classes().get(best).equals(table.label(row));
  }

  /// How probable a difference of this size or a larger one is if both are equally good: two-sided,
  /// from the binomial distribution, hence right for few rows, too.
  public double pValue() {
    int rows = onlyFirst + onlySecond;
    double logTerm = -rows * Math.log(2);
    double sum = Math.exp(logTerm);
    for (int k = 1; k <= Math.min(onlyFirst, onlySecond); k++) {
      logTerm += Math.log((double) (rows - k + 1) / k);
      sum += Math.exp(logTerm);
    }
    return Math.min(1, 2 * sum);
  }
}
