package io.mlopscore.pipeline;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// Says how data differs from what its `*.dvc` file records.
final class DataExplanation {
  private DataExplanation() {}

  static List<String> lines(Pipeline pipeline, DataSource data) throws IOException {
    var name = pipeline.shown(data.output());
    if (data.output().cached() && !pipeline.cache().containsAll(data.recorded().hash())) {
      return List.of("the recorded content of " + name + " is not in the cache");
    }
    var now = pipeline.observer().look(data.output().file(), Optional.of(data.recorded()));
    return List.of(
        "%s was %s (%d bytes), is %s"
            .formatted(
                name,
                data.recorded().hash(),
                data.recorded().size(),
                now.map(found -> "%s (%d bytes)".formatted(found.hash(), found.size()))
                    .orElse("gone")));
  }
}
