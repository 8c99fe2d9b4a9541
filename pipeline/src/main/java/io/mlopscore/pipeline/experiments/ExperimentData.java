package io.mlopscore.pipeline.experiments;

import io.mlopscore.pipeline.Dependency;
import io.mlopscore.pipeline.LockEntry;
import io.mlopscore.pipeline.Output;
import io.mlopscore.pipeline.Pipeline;
import io.mlopscore.pipeline.Stage;
import io.mlopscore.pipeline.UrlOutput;
import io.mlopscore.pipeline.compare.ValueFiles;
import io.mlopscore.pipeline.experiments.ExperimentState.Content;
import io.mlopscore.pipeline.experiments.ExperimentState.Data;
import io.mlopscore.pipeline.experiments.ExperimentState.Recorded;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads what the files of one state of a repository say.
///
/// @param onlyUsedParams leaves out parameters that no stage reads
record ExperimentData(Pipeline pipeline, boolean onlyUsedParams) {
  Data read(Optional<Long> time) throws IOException {
    var params =
        onlyUsedParams ? ValueFiles.dependencies(pipeline, List.of()) : ValueFiles.params(pipeline);
    return new Data(time, params, ValueFiles.metrics(pipeline), dependencies(), outputs());
  }

  private Map<String, Content> dependencies() throws IOException {
    var all = new LinkedHashMap<String, Content>();
    for (var node : pipeline.nodes()) {
      if (node instanceof Stage stage) {
        var entry = pipeline.recorded(stage);
        for (var dependency : stage.dependencies()) {
          var recorded = entry.flatMap(found -> recorded(found, dependency));
          all.put(name(dependency), new Content(recorded, false, false));
        }
      }
    }
    return all;
  }

  private static Optional<Recorded> recorded(LockEntry entry, Dependency dependency) {
    return entry
        .dependency(dependency.path())
        .map(Recorded::of)
        .or(() -> Optional.ofNullable(entry.urls().get(dependency.path())).map(Recorded::of));
  }

  private static Optional<Recorded> recorded(LockEntry entry, UrlOutput output) {
    return entry
        .output(output.url())
        .map(Recorded::of)
        .or(() -> Optional.ofNullable(entry.urlOutputs().get(output.url())).map(Recorded::of));
  }

  private String name(Dependency dependency) {
    return dependency.isUrl()
        ? dependency.path()
        : pipeline.repository().relative(dependency.file());
  }

  /// Metrics are told of apart, and plots are data for pictures: neither is part of this.
  private Map<String, Content> outputs() throws IOException {
    var all = new LinkedHashMap<String, Content>();
    for (var node : pipeline.nodes()) {
      for (var output : node.outputs()) {
        if (output.kind() == Output.Kind.OUT) {
          boolean source = !(node instanceof Stage);
          var recorded = pipeline.recorded(node, output).map(Recorded::of);
          all.put(
              pipeline.repository().relative(output.file()),
              new Content(recorded, source || output.cached(), source));
        }
      }
      if (node instanceof Stage stage) {
        var entry = pipeline.recorded(stage);
        for (var output : stage.urlOutputs()) {
          var recorded = entry.flatMap(found -> recorded(found, output));
          all.put(output.url(), new Content(recorded, false, false));
        }
      }
    }
    return all;
  }
}
