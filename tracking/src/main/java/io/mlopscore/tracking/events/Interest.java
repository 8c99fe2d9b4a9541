package io.mlopscore.tracking.events;

import java.util.function.UnaryOperator;

/// Which changes a reader wants to hear of.
public sealed interface Interest {
  boolean takes(Change change);

  record Everything() implements Interest {
    @Override
    public boolean takes(Change change) {
      return true;
    }
  }

  record OfRun(String runId) implements Interest {
    @Override
    public boolean takes(Change change) {
      return change instanceof RunChange run && run.runId().equals(runId);
    }
  }

  /// @param experimentOf the experiment of a run, empty if there is no such run
  record OfExperiment(String experimentId, UnaryOperator<String> experimentOf) implements Interest {
    @Override
    public boolean takes(Change change) {
      return switch (change) {
        case RunChange.Created(var info) -> info.experimentId().equals(experimentId);
        case RunChange run -> experimentOf.apply(run.runId()).equals(experimentId);
        case RegistryChange _ -> false;
      };
    }
  }

  /// @param name the registered model, empty for all
  record OfRegistry(String name) implements Interest {
    @Override
    public boolean takes(Change change) {
      return switch (change) {
        case RegistryChange.ModelRenamed(var before, var after) ->
            name.isEmpty() || name.equals(before) || name.equals(after);
        case RegistryChange other -> name.isEmpty() || name.equals(other.name());
        case RunChange _ -> false;
      };
    }
  }
}
