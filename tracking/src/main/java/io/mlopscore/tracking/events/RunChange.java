package io.mlopscore.tracking.events;

import io.mlopscore.tracking.LifecycleStage;
import io.mlopscore.tracking.Metric;
import io.mlopscore.tracking.RunInfo;
import io.mlopscore.tracking.RunStatus;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A run was started, ended or deleted, or something was logged to it.
public sealed interface RunChange extends Change {
  String runId();

  @Override
  default int weight() {
    return Change.weightOf(runId());
  }

  record Created(RunInfo info) implements RunChange {
    @Override
    public String runId() {
      return info.runId();
    }
  }

  /// @param status null if it stayed as it was
  /// @param endTime milliseconds since the epoch, null if it stayed as it was
  record Updated(String runId, @Nullable RunStatus status, @Nullable Long endTime)
      implements RunChange {}

  /// It was deleted, or restored.
  record Moved(String runId, LifecycleStage stage) implements RunChange {}

  record MetricsLogged(String runId, List<Metric> metrics) implements RunChange {
    public MetricsLogged {
      metrics = List.copyOf(metrics);
    }

    @Override
    public int weight() {
      return Change.weightOf(runId) + 128 * metrics.size();
    }
  }

  /// @param keys the values can be long, and are read where they are shown
  record ParamsLogged(String runId, List<String> keys) implements RunChange {
    public ParamsLogged {
      keys = List.copyOf(keys);
    }

    @Override
    public int weight() {
      return Change.weightOf(keys.toArray(String[]::new));
    }
  }

  /// Tags were written or removed.
  record TagsChanged(String runId, List<String> keys) implements RunChange {
    public TagsChanged {
      keys = List.copyOf(keys);
    }

    @Override
    public int weight() {
      return Change.weightOf(keys.toArray(String[]::new));
    }
  }

  /// Datasets were logged to it.
  record InputsLogged(String runId) implements RunChange {}

  /// It made a logged model.
  record OutputLogged(String runId, String modelId) implements RunChange {}
}
