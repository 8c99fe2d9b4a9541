package io.mlopscore.pipeline.experiments;

import io.mlopscore.pipeline.Node;
import io.mlopscore.pipeline.Output;
import io.mlopscore.pipeline.Pipeline;
import io.mlopscore.pipeline.Stage;
import io.mlopscore.pipeline.yaml.Value.Mapping;
import io.mlopscore.pipeline.yaml.YamlReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Which files belong to an experiment although git may not know them yet.
final class RunFiles {
  private RunFiles() {}

  /// Those that define the stages, those they read unless DVC keeps them, and results that git
  /// keeps.
  static Set<Path> of(Pipeline pipeline, List<Node> nodes) throws IOException {
    var data = dataOf(pipeline);
    var files = new LinkedHashSet<Path>();
    for (var node : nodes) {
      files.add(node.definition());
      if (node instanceof Stage stage) {
        files.add(stage.lockFile());
        stage.dependencies().stream()
            .filter(dependency -> !dependency.isUrl())
            .map(dependency -> dependency.file())
            .filter(file -> data.stream().noneMatch(file::startsWith))
            .forEach(files::add);
        stage.params().forEach(params -> files.add(params.file()));
        uncached(stage, files);
      }
    }
    return files;
  }

  private static void uncached(Stage stage, Set<Path> files) {
    stage.outputs().stream()
        .filter(output -> !output.cached())
        .forEach(output -> files.add(output.file()));
  }

  private static Set<Path> dataOf(Pipeline pipeline) throws IOException {
    return pipeline.nodes().stream()
        .flatMap(node -> node.outputs().stream())
        .filter(Output::cached)
        .map(Output::file)
        .collect(Collectors.toSet());
  }

  /// What every `dvc.yaml` declares at its top: metrics, parameters and plots.
  static Set<Path> declared(Pipeline pipeline) throws IOException {
    var files = new LinkedHashSet<Path>();
    for (var declarations : pipeline.declarations()) {
      var directory = declarations.file().resolveSibling("");
      declarations.metrics().forEach(path -> files.add(directory.resolve(path).normalize()));
      declarations.params().forEach(path -> files.add(directory.resolve(path).normalize()));
      for (var plot : declarations.plots()) {
        if (plot instanceof Mapping drawn) {
          drawn.entries().keySet().forEach(key -> add(files, directory, YamlReader.text(key)));
        } else {
          add(files, directory, YamlReader.text(plot));
        }
      }
    }
    return files;
  }

  private static void add(Set<Path> files, Path directory, String path) {
    files.add(directory.resolve(path).normalize());
  }
}
