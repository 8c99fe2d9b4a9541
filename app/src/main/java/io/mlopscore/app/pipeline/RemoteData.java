package io.mlopscore.app.pipeline;

import io.mlopscore.pipeline.MissingData;
import io.mlopscore.pipeline.Node;
import io.mlopscore.pipeline.PartialImport;
import io.mlopscore.pipeline.Pipeline;
import io.mlopscore.pipeline.PipelineException;
import io.mlopscore.pipeline.remote.DataExchange;
import io.mlopscore.pipeline.remote.Imports;
import io.mlopscore.pipeline.remote.Selection;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// Missing data comes from the remotes of the repository.
final class RemoteData implements MissingData {
  private final Pipeline pipeline;

  RemoteData(Pipeline pipeline) {
    this.pipeline = pipeline;
  }

  @Override
  public void fetch(List<Node> nodes) throws IOException {
    if (nodes.isEmpty()) {
      return;
    }
    try (var shown = new ProgressLine()) {
      var result =
          exchange(shown).fetch(Selection.of(nodes.stream().map(pipeline::shown).toList()), false);
      RemoteOptions.report(result, "download");
    }
  }

  @Override
  public void fetchRuns() throws IOException {
    try (var shown = new ProgressLine()) {
      exchange(shown).fetchRuns();
    } catch (PipelineException e) {
      System.err.println("WARNING: Failed to pull run cache: " + e.getMessage());
    }
  }

  @Override
  public void download(PartialImport partial) throws IOException {
    try (var shown = new ProgressLine()) {
      new Imports(pipeline, OptionalInt.empty(), shown.progress()).complete(partial);
    }
  }

  private DataExchange exchange(ProgressLine shown) {
    return new DataExchange(
        pipeline,
        Optional.empty(),
        OptionalInt.empty(),
        shown.progress(),
        warning -> System.err.println("WARNING: " + warning));
  }
}
