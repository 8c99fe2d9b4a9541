package io.mlopscore.pipeline;

import java.time.Duration;

/// What became of one stage or data file.
public record StageResult(Node node, Outcome outcome) {
  public sealed interface Outcome {
    /// Nothing had changed.
    record Unchanged() implements Outcome {}

    /// Outputs came back from the cache.
    record Restored() implements Outcome {}

    /// Its data was fetched from a remote.
    record Pulled() implements Outcome {}

    record Ran(Duration duration) implements Outcome {}

    /// It would run (dry runs only).
    record WouldRun() implements Outcome {}

    record Failed(String message) implements Outcome {}

    /// Not tried, since a stage before it failed.
    record Blocked() implements Outcome {}
  }

  /// Whether anything was done for it.
  public boolean changedSomething() {
    return switch (outcome) {
      case Outcome.Restored _, Outcome.Ran _ -> true;
      case Outcome.Unchanged _,
          Outcome.Pulled _,
          Outcome.WouldRun _,
          Outcome.Failed _,
          Outcome.Blocked _ ->
          false;
    };
  }
}
