package io.mlopscore.console;

import io.mlopscore.tracking.Run;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/// What a table of runs can show beside metrics, params and tags.
enum RunFact {
  USER("User"),
  SOURCE("Source"),
  COMMIT("Commit"),
  DATASETS("Datasets"),
  NOTE("Note"),
  ID("Run ID");

  private final String label;

  RunFact(String label) {
    this.label = label;
  }

  static List<String> keys() {
    return Arrays.stream(values()).map(fact -> Column.FACTS + fact.label).toList();
  }

  /// @param label as in its key; empty text if there is no such fact
  static String of(Run run, String label) {
    return Arrays.stream(values())
        .filter(fact -> fact.label.equals(label))
        .findFirst()
        .map(fact -> fact.of(run))
        .orElse("");
  }

  private String of(Run run) {
    return switch (this) {
      case USER -> run.info().userId();
      case SOURCE -> run.tags().getOrDefault("mlflow.source.name", "");
      case COMMIT -> shortened(run.tags().getOrDefault("mlflow.source.git.commit", ""));
      case DATASETS -> datasets(run);
      case NOTE -> Pages.describe(run.tags());
      case ID -> run.info().runId();
    };
  }

  static String shortened(String commit) {
    return commit.substring(0, Math.min(10, commit.length()));
  }

  private static String datasets(Run run) {
    return run.inputs().stream()
        .map(input -> input.dataset().name())
        .distinct()
        .collect(Collectors.joining(", "));
  }
}
