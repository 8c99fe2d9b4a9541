package io.mlopscore.pipeline.experiments;

import io.mlopscore.pipeline.DataSource;
import io.mlopscore.pipeline.LockEntry;
import io.mlopscore.pipeline.MetricValues;
import io.mlopscore.pipeline.Node;
import io.mlopscore.pipeline.Output;
import io.mlopscore.pipeline.ParamsText;
import io.mlopscore.pipeline.PartialImport;
import io.mlopscore.pipeline.Pipeline;
import io.mlopscore.pipeline.PipelineException;
import io.mlopscore.pipeline.Stage;
import io.mlopscore.pipeline.Tracked;
import io.mlopscore.pipeline.experiments.ExperimentState.Content;
import io.mlopscore.pipeline.experiments.ExperimentState.Data;
import io.mlopscore.pipeline.experiments.ExperimentState.FileValues;
import io.mlopscore.pipeline.yaml.Value;
import io.mlopscore.pipeline.yaml.Value.Items;
import io.mlopscore.pipeline.yaml.Value.Mapping;
import io.mlopscore.pipeline.yaml.YamlException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads what the files of one state of a repository say.
final class ExperimentData {
  private static final String DEFAULT_PARAMS = "params.yaml";

  private final Pipeline pipeline;
  private final boolean onlyUsedParams;
  private final Map<String, Content> dependencies = new LinkedHashMap<>();
  private final Map<String, Content> outputs = new LinkedHashMap<>();
  private final Map<Path, List<String>> params = new LinkedHashMap<>();
  private final Map<Path, Optional<Tracked>> metrics = new LinkedHashMap<>();

  /// @param onlyUsedParams leaves out parameters that no stage reads
  ExperimentData(Pipeline pipeline, boolean onlyUsedParams) {
    this.pipeline = pipeline;
    this.onlyUsedParams = onlyUsedParams;
  }

  Data read(Optional<Long> time) throws IOException {
    for (var node : pipeline.nodes()) {
      collect(node);
    }
    declared();
    var paramsRead = new LinkedHashMap<String, FileValues>();
    for (var file : params.entrySet()) {
      paramsRead.put(name(file.getKey()), values(file.getKey(), Optional.empty(), file.getValue()));
    }
    var metricsRead = new LinkedHashMap<String, FileValues>();
    for (var file : metrics.entrySet()) {
      var read = values(file.getKey(), file.getValue(), List.of());
      metricsRead.put(name(file.getKey()), counted(read));
    }
    return new Data(time, paramsRead, metricsRead, dependencies, outputs);
  }

  private static FileValues counted(FileValues read) {
    return read instanceof FileValues.Read(Mapping values)
        ? new FileValues.Read(MetricValues.in(values))
        : read;
  }

  private String name(Path file) {
    return pipeline.repository().root().relativize(file).toString().replace('\\', '/');
  }

  private void collect(Node node) throws IOException {
    switch (node) {
      case DataSource data -> output(data.output(), Optional.of(data.recorded()), true);
      case PartialImport partial -> output(partial.output(), Optional.empty(), true);
      case Stage stage -> {
        var entry = pipeline.recorded(stage);
        for (var dependency : stage.dependencies()) {
          var content = entry.map(LockEntry::dependencies).map(all -> all.get(dependency.path()));
          var name = dependency.isUrl() ? dependency.path() : name(dependency.file());
          dependencies.put(name, new Content(content, false, false));
        }
        for (var output : stage.outputs()) {
          var content = entry.map(LockEntry::outputs).map(all -> all.get(output.path()));
          output(output, content, false);
        }
        stage.params().forEach(file -> params(file.file(), file.keys()));
      }
    }
  }

  private void output(Output output, Optional<Tracked> content, boolean source) {
    switch (output.kind()) {
      case OUT -> outputs.put(name(output.file()), new Content(content, output.cached(), source));
      case METRIC -> metrics.put(output.file(), output.cached() ? content : Optional.empty());
      case PLOT -> {
        // Plots are data for pictures; they are no part of what is compared in a table.
      }
    }
  }

  /// Keys of one file add up; none stands for all.
  private void params(Path file, List<String> keys) {
    var known = params.get(file);
    if (known == null) {
      params.put(file, keys);
    } else if (keys.isEmpty() || known.isEmpty()) {
      params.put(file, List.of());
    } else {
      var both = new ArrayList<>(known);
      both.addAll(keys);
      params.put(file, both);
    }
  }

  private void declared() throws IOException {
    for (var declarations : pipeline.declarations()) {
      var directory = declarations.file().resolveSibling("");
      for (var path : declarations.metrics()) {
        metrics.putIfAbsent(directory.resolve(path).normalize(), Optional.empty());
      }
      for (var path : onlyUsedParams ? List.<String>of() : declarations.params()) {
        params(directory.resolve(path).normalize(), List.of());
      }
    }
    var usual = pipeline.repository().root().resolve(DEFAULT_PARAMS);
    if (!onlyUsedParams && Files.exists(usual)) {
      params(usual, List.of());
    }
  }

  private FileValues values(Path file, Optional<Tracked> recorded, List<String> keys)
      throws IOException {
    var there = Files.exists(file) ? Optional.of(file) : recorded.flatMap(this::cached);
    if (there.isEmpty()) {
      return new FileValues.Unreadable(
          "FileNotFoundError", "[Errno 2] No such file or directory: '%s'".formatted(name(file)));
    }
    try {
      var all = ParamsText.readAs(file, there.get());
      return new FileValues.Read(keys.isEmpty() ? all : chosen(all, keys));
    } catch (YamlException | PipelineException e) {
      return new FileValues.Unreadable(
          "YAMLFileCorruptedError", "unable to read: '%s'".formatted(name(file)));
    }
  }

  private Optional<Path> cached(Tracked content) {
    try {
      return pipeline.cache().contains(content.hash())
          ? Optional.of(pipeline.cache().object(content.hash()))
          : Optional.empty();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static Mapping chosen(Mapping all, List<String> keys) {
    var chosen = Mapping.EMPTY;
    for (var key : keys) {
      var found = find(all, List.of(key.split("\\.", -1)));
      if (found.isPresent()) {
        chosen = chosen.with(key, found.get());
      }
    }
    return chosen;
  }

  private static Optional<Value> find(Value value, List<String> path) {
    if (path.isEmpty()) {
      return Optional.of(value);
    }
    var rest = path.subList(1, path.size());
    return switch (value) {
      case Mapping mapping -> mapping.get(path.getFirst()).flatMap(child -> find(child, rest));
      case Items(var items) when path.getFirst().matches("[0-9]{1,9}") -> {
        int index = Integer.parseInt(path.getFirst());
        yield index < items.size() ? find(items.get(index), rest) : Optional.empty();
      }
      case Value _ -> Optional.empty();
    };
  }
}
