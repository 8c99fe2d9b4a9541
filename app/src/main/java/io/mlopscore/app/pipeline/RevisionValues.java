package io.mlopscore.app.pipeline;

import io.mlopscore.pipeline.FailureText;
import io.mlopscore.pipeline.Pipeline;
import io.mlopscore.pipeline.PipelineException;
import io.mlopscore.pipeline.compare.MetricsReport;
import io.mlopscore.pipeline.compare.ValueFiles;
import io.mlopscore.pipeline.yaml.YamlException;
import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// Reads the metrics or params of the workspace and of revisions. Of one that cannot be read, as
/// with a broken `dvc.yaml`, a warning tells, and the others are shown all the same.
final class RevisionValues {
  /// Which values of a pipeline are read.
  interface Source {
    ValueFiles of(Pipeline pipeline) throws IOException;
  }

  private final String kind;
  private final Source source;
  private final Map<String, String> failures = new LinkedHashMap<>();

  /// @param kind what the values are called in a warning
  RevisionValues(String kind, Source source) {
    this.kind = kind;
    this.source = source;
  }

  /// Why there are no values, by revision.
  Map<String, String> failures() {
    return Collections.unmodifiableMap(failures);
  }

  /// @param name of the revision that the pipeline is of; empty for the workspace alone
  /// @return none where it cannot be read
  ValueFiles of(String name, Pipeline pipeline) throws IOException {
    try {
      return source.of(pipeline);
    } catch (PipelineException | YamlException e) {
      var reason = reason(e, name, pipeline);
      failures.put(name, reason);
      RemoteOptions.warn("failed to load %s in revision '%s', %s".formatted(kind, name, reason));
      return new ValueFiles(Map.of());
    }
  }

  private static String reason(RuntimeException failure, String name, Pipeline pipeline) {
    return name.isEmpty() || name.equals(MetricsReport.WORKSPACE)
        ? FailureText.of(failure)
        : FailureText.ofRevision(failure, pipeline.repository().root(), name);
  }
}
