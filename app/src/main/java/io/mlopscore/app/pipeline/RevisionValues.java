package io.mlopscore.app.pipeline;

import io.mlopscore.pipeline.FailureText;
import io.mlopscore.pipeline.Pipeline;
import io.mlopscore.pipeline.PipelineException;
import io.mlopscore.pipeline.compare.FileValues;
import io.mlopscore.pipeline.compare.MetricsReport;
import io.mlopscore.pipeline.compare.ValueFiles;
import io.mlopscore.pipeline.yaml.YamlException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads the metrics or params of the workspace and of revisions. Of one that cannot be read, as
/// with a broken `dvc.yaml`, and of files that cannot, a warning tells; the others are shown
/// all the same.
final class RevisionValues {
  private final String kind;
  private final ValueFiles.Source source;
  private final Pipeline workspace;
  private final List<String> targets;
  private final Map<String, String> failures = new LinkedHashMap<>();

  /// @param kind what the values are called in a warning
  /// @param targets files or directories to read instead of what is declared; empty for that
  RevisionValues(String kind, ValueFiles.Source source, Pipeline workspace, List<String> targets) {
    this.kind = kind;
    this.source = source;
    this.workspace = workspace;
    this.targets = List.copyOf(targets);
  }

  /// Why there are no values, by revision.
  Map<String, String> failures() {
    return Collections.unmodifiableMap(failures);
  }

  ValueFiles ofWorkspace() throws IOException {
    return of(MetricsReport.WORKSPACE, workspace, "");
  }

  /// Files are called as the user would from where the command runs.
  ///
  /// @param name of the revision that the pipeline is of
  /// @return none where it cannot be read
  ValueFiles of(String name, Pipeline pipeline) throws IOException {
    return of(name, pipeline, name + ":");
  }

  private ValueFiles of(String name, Pipeline pipeline, String prefix) throws IOException {
    var root = pipeline.repository().root();
    try {
      var values = source.of(pipeline, targets(pipeline));
      var broken = broken(values);
      if (!broken.isEmpty()) {
        warn(name, String.join("; ", broken));
      }
      return values.named(file -> pipeline.shown(root.resolve(file)));
    } catch (PipelineException | YamlException e) {
      var reason = FailureText.of(e).replace(root + File.separator, prefix);
      failures.put(name, reason);
      warn(name, reason);
      return ValueFiles.NONE;
    }
  }

  private List<Path> targets(Pipeline pipeline) {
    return targets.stream().map(pipeline::resolve).toList();
  }

  private static List<String> broken(ValueFiles values) {
    var broken = new ArrayList<String>();
    values
        .files()
        .forEach(
            (file, read) -> {
              switch (read) {
                case FileValues.Read _ -> {}
                case FileValues.Missing() -> broken.add(file + ": no such file");
                case FileValues.Broken(_, var message) -> broken.add(message);
              }
            });
    return broken;
  }

  private void warn(String name, String reason) {
    RemoteOptions.warn("failed to load %s in revision '%s', %s".formatted(kind, name, reason));
  }
}
