package io.mlopscore.app.pipeline;

import io.mlopscore.pipeline.MissingData;
import io.mlopscore.pipeline.Pipeline;
import io.mlopscore.pipeline.ReproListener;
import io.mlopscore.pipeline.ReproOptions;
import io.mlopscore.pipeline.experiments.TaskRun;

/// Prints what happens in another folder as if it happened here.
record ElsewhereProgress(ReproOptions options) implements TaskRun.Elsewhere {
  @Override
  public ReproListener listener(Pipeline there) {
    return ReproProgress.within(there, options, System.out);
  }

  @Override
  public MissingData missing(Pipeline there) {
    return new RemoteData(there);
  }
}
