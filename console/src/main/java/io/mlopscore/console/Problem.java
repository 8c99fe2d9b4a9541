package io.mlopscore.console;

import io.mlopscore.tracking.search.FilterProblem;

/// What is wrong with a filter, and the filter cut where it is wrong.
record Problem(String message, String before, String wrong, String after) {
  static Problem of(String filter, FilterProblem found) {
    return new Problem(
        found.message(),
        filter.substring(0, found.from()),
        filter.substring(found.from(), found.to()),
        filter.substring(found.to()));
  }

  /// Of one that only the store could refuse.
  static Problem of(String filter, String message) {
    return new Problem(message, filter, "", "");
  }
}
