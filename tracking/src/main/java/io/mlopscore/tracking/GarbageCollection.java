package io.mlopscore.tracking;

import io.mlopscore.tracking.sql.SqlGarbage;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/// Removes for good what was deleted, with its files; what `mlflow gc` does.
///
/// The files go first: when that fails, or the process is killed in between, the rows are still
/// there to be collected again, and no file is left that nobody knows of.
///
/// Source: https://mlflow.org/docs/latest/cli.html#mlflow-gc
public record GarbageCollection(SqlGarbage rows, Artifacts artifacts, Clock clock) {
  /// What would go: everything that is old enough, or only what is named of it.
  ///
  /// @param age how long ago it must have been deleted
  /// @param experiments whose runs and logged models go with them
  public List<Garbage> plan(
      Duration age, Set<String> runs, Set<String> loggedModels, Set<String> experiments) {
    var everything = rows.deletedBefore(clock.millis() - age.toMillis());
    if (runs.isEmpty() && loggedModels.isEmpty() && experiments.isEmpty()) {
      return everything;
    }
    return everything.stream()
        .filter(
            garbage ->
                experiments.contains(garbage.experimentId())
                    || switch (garbage.kind()) {
                      case RUN -> runs.contains(garbage.id());
                      case LOGGED_MODEL -> loggedModels.contains(garbage.id());
                      case EXPERIMENT -> false;
                    })
        .toList();
  }

  /// Removes one thing. It is no error if its files are gone already.
  ///
  /// @return false if it was restored since it was planned; it is kept then
  /// @throws IOException if its files cannot be removed; it is kept then
  public boolean remove(Garbage garbage) throws IOException {
    return rows.purge(garbage, () -> removeFiles(garbage));
  }

  private void removeFiles(Garbage garbage) throws IOException {
    if (!garbage.artifactUri().isEmpty()) {
      artifacts.delete(garbage.artifactUri());
    }
  }
}
