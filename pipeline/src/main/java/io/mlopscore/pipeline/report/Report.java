package io.mlopscore.pipeline.report;

import io.mlopscore.pipeline.compare.DataDiff;
import io.mlopscore.pipeline.compare.ValueDifference;
import io.mlopscore.pipeline.gates.Verdict;
import java.util.List;
import java.util.Optional;

/// What differs between two revisions of a project, and what its gates say of it.
///
/// @param project where it stands in its git repository; `.` for the root
/// @param metrics changed and unchanged ones; confusion matrices are among the pictures
/// @param params only what changed
/// @param data only what changed
/// @param gateChanges how the gates themselves differ, one line for each
/// @param problems what could not be read or drawn, one line for each
public record Report(
    String project,
    Side base,
    Side head,
    List<ValueDifference> metrics,
    List<ValueDifference> params,
    DataDiff data,
    List<Verdict> verdicts,
    List<String> gateChanges,
    List<Picture> pictures,
    List<String> problems) {
  public Report {
    metrics = List.copyOf(metrics);
    params = List.copyOf(params);
    verdicts = List.copyOf(verdicts);
    gateChanges = List.copyOf(gateChanges);
    pictures = List.copyOf(pictures);
    problems = List.copyOf(problems);
  }

  /// One of the two.
  ///
  /// @param name as it was asked for
  /// @param commit empty for the workspace
  public record Side(String name, Optional<String> commit) {}

  /// Whether every gate lets the change through.
  public boolean passed() {
    return verdicts.stream().allMatch(Verdict::passed);
  }

  public List<ValueDifference> changedMetrics() {
    return metrics.stream().filter(metric -> !metric.before().equals(metric.now())).toList();
  }

  public List<ValueDifference> unchangedMetrics() {
    return metrics.stream().filter(metric -> metric.before().equals(metric.now())).toList();
  }

  /// Whether the base has no metric at all, as before the first run.
  public boolean isFirst() {
    return metrics.stream().allMatch(metric -> metric.before().isEmpty());
  }
}
