package io.mlopscore.console;

import io.mlopscore.tracking.RunInfo;
import java.util.List;
import java.util.Map;

/// What pages say in the same way.
final class Pages {
  /// The tag that holds the description of a run or an experiment.
  static final String DESCRIPTION = "mlflow.note.content";

  private Pages() {}

  static String describe(Map<String, String> tags) {
    return tags.getOrDefault(DESCRIPTION, "");
  }

  static String name(RunInfo run) {
    return run.runName().isEmpty() ? run.runId() : run.runName();
  }

  static List<String> aliases(List<String> aliases) {
    return aliases.stream().sorted().toList();
  }

  static String count(long number, String word) {
    return number + " " + word + (number == 1 ? "" : "s");
  }
}
