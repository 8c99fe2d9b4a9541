package io.mlopscore.model;

/// How the summed leaf weights of a [TreeEnsemble] become probabilities.
public sealed interface Link {
  /// Divide by a number: the number of trees, if leaves hold probabilities; 1 if the sum is it.
  record Mean(float divisor) implements Link {}

  /// exp(sum) of a class over the total of all classes, for boosted trees.
  record Softmax() implements Link {}
}
