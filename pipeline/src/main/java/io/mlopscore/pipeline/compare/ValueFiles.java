package io.mlopscore.pipeline.compare;

import io.mlopscore.pipeline.MetricValues;
import io.mlopscore.pipeline.Output;
import io.mlopscore.pipeline.ParamsFile;
import io.mlopscore.pipeline.ParamsKey;
import io.mlopscore.pipeline.ParamsText;
import io.mlopscore.pipeline.Pipeline;
import io.mlopscore.pipeline.Stage;
import io.mlopscore.pipeline.yaml.Value;
import io.mlopscore.pipeline.yaml.Value.Mapping;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The metrics or parameters of a pipeline, by file.
///
/// @param files by path relative to the root of the repository, with `/`
public record ValueFiles(Map<String, Mapping> files) {
  private static final String DEFAULT_PARAMS = "params.yaml";

  /// The metrics that stages write or a `dvc.yaml` names. One that is neither in the workspace nor
  /// in the cache is left out.
  public static ValueFiles metrics(Pipeline pipeline) throws IOException {
    var files = new LinkedHashMap<String, Mapping>();
    for (var node : pipeline.graph().nodes()) {
      if (node instanceof Stage stage) {
        for (var output : stage.outputs()) {
          if (output.kind() == Output.Kind.METRIC) {
            put(files, pipeline, output.file(), content(pipeline, stage, output));
          }
        }
      }
    }
    for (var declared : pipeline.declarations()) {
      for (var path : declared.metrics()) {
        var file = declared.file().resolveSibling(path).normalize();
        put(files, pipeline, file, Optional.of(file).filter(Files::isRegularFile));
      }
    }
    files.replaceAll((_, values) -> MetricValues.in(values));
    return new ValueFiles(files);
  }

  /// Where the content of a metric can be read: at its path, or in the cache.
  private static Optional<Path> content(Pipeline pipeline, Stage stage, Output output)
      throws IOException {
    if (Files.isRegularFile(output.file())) {
      return Optional.of(output.file());
    }
    return pipeline
        .recorded(stage, output)
        .filter(content -> !content.hash().isDirectory())
        .map(content -> pipeline.cache().object(content.hash()))
        .filter(Files::isRegularFile);
  }

  /// All of `params.yaml` and of the files that a `dvc.yaml` names, and of other files what stages
  /// depend on.
  public static ValueFiles params(Pipeline pipeline) throws IOException {
    var files = new LinkedHashMap<String, Mapping>();
    var whole = pipeline.repository().root().resolve(DEFAULT_PARAMS);
    put(files, pipeline, whole, Optional.of(whole).filter(Files::isRegularFile));
    for (var declared : pipeline.declarations()) {
      for (var path : declared.params()) {
        var file = declared.file().resolveSibling(path).normalize();
        put(files, pipeline, file, Optional.of(file).filter(Files::isRegularFile));
      }
    }
    var tracked = dependencies(pipeline);
    tracked.files().forEach(files::putIfAbsent);
    return new ValueFiles(files);
  }

  /// Only what stages depend on.
  public static ValueFiles dependencies(Pipeline pipeline) throws IOException {
    var files = new LinkedHashMap<String, Mapping>();
    for (var node : pipeline.graph().nodes()) {
      if (node instanceof Stage stage) {
        for (var params : stage.params()) {
          if (Files.isRegularFile(params.file())) {
            var name = pipeline.repository().relative(params.file());
            files.merge(name, tracked(params), ValueFiles::joined);
          }
        }
      }
    }
    return new ValueFiles(files);
  }

  private static Mapping tracked(ParamsFile params) throws IOException {
    var all = ParamsText.read(params.file());
    if (params.keys().isEmpty()) {
      return all;
    }
    var some = new LinkedHashMap<Value, Value>();
    for (var key : params.keys()) {
      ParamsKey.find(all, key).ifPresent(value -> some.put(Value.of(key), value));
    }
    return new Mapping(some);
  }

  private static Mapping joined(Mapping one, Mapping other) {
    var entries = new LinkedHashMap<>(one.entries());
    entries.putAll(other.entries());
    return new Mapping(entries);
  }

  private static void put(
      Map<String, Mapping> files, Pipeline pipeline, Path file, Optional<Path> content)
      throws IOException {
    if (content.isPresent()) {
      var values = ParamsText.readAs(file, content.get());
      files.put(pipeline.repository().relative(file), values);
    }
  }

  /// Only the files that are named, or lie below a directory that is named.
  ///
  /// @param targets relative to the root; empty for all
  public ValueFiles only(List<String> targets) {
    if (targets.isEmpty()) {
      return this;
    }
    var some = new LinkedHashMap<String, Mapping>();
    files.forEach(
        (path, values) -> {
          if (targets.stream().anyMatch(at -> path.equals(at) || path.startsWith(at + "/"))) {
            some.put(path, values);
          }
        });
    return new ValueFiles(some);
  }
}
