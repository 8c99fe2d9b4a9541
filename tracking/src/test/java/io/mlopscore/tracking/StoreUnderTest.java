package io.mlopscore.tracking;

import java.util.List;
import java.util.Map;

/// A tracking store that contracts are held against.
interface StoreUnderTest {
  TrackingStore store();

  /// A run of a new experiment.
  default Run start(String experiment) {
    var id = store().createExperiment(experiment, Map.of());
    return store().createRun(new NewRun(id, "run", "ada", 1_000, Map.of()));
  }

  default void logMetrics(String run, Metric... metrics) {
    store().log(run, new RunBatch(List.of(metrics), Map.of(), Map.of()));
  }
}
