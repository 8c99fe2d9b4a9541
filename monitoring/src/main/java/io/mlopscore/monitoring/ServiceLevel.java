package io.mlopscore.monitoring;

import java.util.List;

/// What callers of one service were promised.
///
/// @param name for labels: letters, digits and `_`
/// @param selector the requests that count, as label matchers of PromQL without braces
/// @param objectives in the order of the file
public record ServiceLevel(String name, String selector, List<Objective> objectives) {
  public ServiceLevel {
    objectives = List.copyOf(objectives);
  }
}
