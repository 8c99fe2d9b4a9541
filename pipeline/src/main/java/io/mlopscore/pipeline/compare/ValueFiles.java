package io.mlopscore.pipeline.compare;

import io.mlopscore.pipeline.FailureText;
import io.mlopscore.pipeline.MetricValues;
import io.mlopscore.pipeline.Output;
import io.mlopscore.pipeline.ParamsKey;
import io.mlopscore.pipeline.ParamsText;
import io.mlopscore.pipeline.Pipeline;
import io.mlopscore.pipeline.PipelineException;
import io.mlopscore.pipeline.Stage;
import io.mlopscore.pipeline.compare.FileValues.Broken;
import io.mlopscore.pipeline.compare.FileValues.Missing;
import io.mlopscore.pipeline.compare.FileValues.Read;
import io.mlopscore.pipeline.yaml.Value;
import io.mlopscore.pipeline.yaml.Value.Mapping;
import io.mlopscore.pipeline.yaml.YamlException;
import io.mlopscore.pipeline.yaml.YamlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/// The metrics or parameters of a pipeline, by file. One that cannot be read keeps none of the
/// others from being read.
///
/// @param files by path relative to the root of the repository, with `/`
public record ValueFiles(Map<String, FileValues> files) {
  public static final ValueFiles NONE = new ValueFiles(Map.of());
  private static final String DEFAULT_PARAMS = "params.yaml";

  public ValueFiles {
    files = Collections.unmodifiableMap(new LinkedHashMap<>(files));
  }

  public static ValueFiles of(Map<String, Mapping> mappings) {
    var files = new LinkedHashMap<String, FileValues>();
    mappings.forEach((file, values) -> files.put(file, new Read(values)));
    return new ValueFiles(files);
  }

  /// How some values of a pipeline are read.
  public interface Source {
    /// @param targets files or directories to read instead of what is declared; empty for that
    ValueFiles of(Pipeline pipeline, List<Path> targets) throws IOException;
  }

  /// The metrics that stages write or a `dvc.yaml` names.
  public static ValueFiles metrics(Pipeline pipeline) throws IOException {
    return metrics(pipeline, List.of());
  }

  /// As a [Source].
  public static ValueFiles metrics(Pipeline pipeline, List<Path> targets) throws IOException {
    var content = ValueContent.of(pipeline);
    var files = new LinkedHashMap<String, FileValues>();
    for (var path : targets.isEmpty() ? declaredMetrics(content) : targets) {
      read(files, content, path, MetricValues::in);
    }
    return new ValueFiles(files);
  }

  private static List<Path> declaredMetrics(ValueContent content) throws IOException {
    var paths = new ArrayList<Path>();
    for (var node : content.nodes()) {
      for (var output : node.outputs()) {
        if (output.kind() == Output.Kind.METRIC) {
          paths.add(output.file());
        }
      }
    }
    for (var declared : content.pipeline().declarations()) {
      declared.metrics().forEach(path -> paths.add(beside(declared.file(), path)));
    }
    return paths;
  }

  private static Path beside(Path definition, String path) {
    return definition.resolveSibling(path).normalize();
  }

  /// All of `params.yaml` and of the files that a `dvc.yaml` names, and of other files what stages
  /// depend on.
  public static ValueFiles params(Pipeline pipeline) throws IOException {
    return params(pipeline, List.of());
  }

  /// As a [Source].
  public static ValueFiles params(Pipeline pipeline, List<Path> targets) throws IOException {
    var content = ValueContent.of(pipeline);
    if (!targets.isEmpty()) {
      return whole(content, targets);
    }
    var keys = keys(content);
    for (var declared : pipeline.declarations()) {
      declared.params().forEach(path -> keys.put(beside(declared.file(), path), List.of()));
    }
    var usual = pipeline.repository().root().resolve(DEFAULT_PARAMS);
    if (Files.exists(usual)) {
      keys.put(usual, List.of());
    }
    return chosen(content, keys);
  }

  /// As a [Source]: only what stages depend on.
  public static ValueFiles dependencies(Pipeline pipeline, List<Path> targets) throws IOException {
    var content = ValueContent.of(pipeline);
    return targets.isEmpty() ? chosen(content, keys(content)) : whole(content, targets);
  }

  private static ValueFiles whole(ValueContent content, List<Path> targets) throws IOException {
    var keys = new LinkedHashMap<Path, List<String>>();
    targets.forEach(target -> keys.put(target, List.of()));
    return chosen(content, keys);
  }

  /// The keys that stages read, by file; no key stands for all of them.
  private static Map<Path, List<String>> keys(ValueContent content) {
    var keys = new LinkedHashMap<Path, List<String>>();
    for (var node : content.nodes()) {
      if (node instanceof Stage stage) {
        stage.params().forEach(read -> keys.merge(read.file(), read.keys(), ValueFiles::joined));
      }
    }
    return keys;
  }

  private static List<String> joined(List<String> some, List<String> more) {
    if (some.isEmpty() || more.isEmpty()) {
      return List.of();
    }
    var both = new ArrayList<>(some);
    both.addAll(more);
    return both;
  }

  private static ValueFiles chosen(ValueContent content, Map<Path, List<String>> keys)
      throws IOException {
    var files = new LinkedHashMap<String, FileValues>();
    for (var file : keys.entrySet()) {
      read(files, content, file.getKey(), all -> chosen(all, file.getValue()));
    }
    return new ValueFiles(files);
  }

  private static Value chosen(Value all, List<String> keys) {
    var values = all instanceof Value.Null ? Mapping.EMPTY : all;
    return keys.isEmpty()
        ? values
        : values instanceof Mapping map ? chosen(map, keys) : Mapping.EMPTY;
  }

  private static Mapping chosen(Mapping all, List<String> keys) {
    var chosen = new LinkedHashMap<Value, Value>();
    for (var key : keys) {
      ParamsKey.find(all, key).ifPresent(value -> chosen.put(Value.of(key), value));
    }
    return new Mapping(chosen);
  }

  private static void read(
      Map<String, FileValues> files, ValueContent contents, Path path, UnaryOperator<Value> select)
      throws IOException {
    for (var file : contents.of(path).entrySet()) {
      var name = contents.pipeline().repository().relative(file.getKey());
      var content = file.getValue();
      files.putIfAbsent(
          name, content.isPresent() ? read(name, content.get(), select) : new Missing());
    }
  }

  private static FileValues read(String name, Path content, UnaryOperator<Value> select)
      throws IOException {
    try {
      return new Read(select.apply(ParamsText.parse(name, YamlReader.characters(content))));
    } catch (YamlException | PipelineException e) {
      var message = FailureText.of(e).replace(content.toString(), name);
      return new Broken(ParamsText.format(name) + "FileCorruptedError", message);
    }
  }

  /// The same, for whoever cannot do without a file that is there.
  ///
  /// @throws PipelineException when one of them is broken
  public ValueFiles unbroken() {
    for (var file : files.values()) {
      if (file instanceof Broken(_, var message)) {
        throw new PipelineException(message);
      }
    }
    return this;
  }

  /// What was read, by file.
  public Map<String, Mapping> mappings() {
    var mappings = new LinkedHashMap<String, Mapping>();
    files.forEach(
        (file, values) -> {
          if (values instanceof Read read) {
            mappings.put(file, read.mapping());
          }
        });
    return mappings;
  }

  /// The same, by other names of the files.
  public ValueFiles named(UnaryOperator<String> name) {
    var named = new LinkedHashMap<String, FileValues>();
    files.forEach((file, values) -> named.put(name.apply(file), values));
    return new ValueFiles(named);
  }
}
