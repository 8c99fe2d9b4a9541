package io.mlopscore.tracking.sql;

import io.mlopscore.tracking.RunBatch;

/// A batch that keeps MLflow's rules, and the run to write it to.
record RunEntry(String run, RunBatch batch) {
  /// About how much memory and work it is.
  int rows() {
    return batch.metrics().size() + batch.params().size() + batch.tags().size();
  }
}
