package io.mlopscore.model;

import java.util.List;

/// A loaded classifier: one row of numbers in, one probability for each class out.
///
/// Safe for use by many threads. A closed scorer must not be used again.
public interface Scorer extends AutoCloseable {
  /// The class labels, in the order of the probabilities.
  List<String> classes();

  /// The probability of each class for one row.
  ///
  /// @param row one value for each input column of the signature, in its order
  /// @return as many values in 0..1 as there are classes, summing to 1
  double[] probabilities(double[] row);

  @Override
  void close();
}
