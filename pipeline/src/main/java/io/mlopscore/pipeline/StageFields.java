package io.mlopscore.pipeline;

import io.mlopscore.pipeline.yaml.Value;
import io.mlopscore.pipeline.yaml.Value.Bool;
import io.mlopscore.pipeline.yaml.Value.Items;
import io.mlopscore.pipeline.yaml.Value.Mapping;
import io.mlopscore.pipeline.yaml.Value.Text;
import io.mlopscore.pipeline.yaml.YamlReader;
import java.nio.file.Path;
import java.util.List;

/// The fields of a definition of a stage, by the types that they must have.
///
/// @param where file, line and stage, for messages
record StageFields(Repository repository, String where) {
  List<Value> list(Mapping definition, String key) {
    return switch (definition.get(key).orElse(Value.none())) {
      case Items(var values) -> values;
      case Value.Null() -> List.of();
      case Value other ->
          throw new PipelineException(
              "%s: '%s' must be a list, not %s".formatted(where, key, other.typeName()));
    };
  }

  /// A path as the lock names it: as written, but an absolute one inside the repository is made
  /// relative to where the stage runs.
  String path(Value value, String key, Path directory) {
    var path = text(value, key);
    return path.startsWith("/") && repository.contains(Path.of(path).normalize())
        ? Workspace.posix(directory.relativize(Path.of(path).normalize()))
        : path;
  }

  String text(Value value, String key) {
    return switch (value) {
      case Text(var text) when !text.isEmpty() -> text;
      case Value.Int _, Value.Real _, Value.Bool _ -> YamlReader.text(value);
      case Value other ->
          throw new PipelineException(
              "%s: an item of '%s' must be a string, not %s"
                  .formatted(where, key, other.typeName()));
    };
  }

  boolean flag(Mapping definition, String key, boolean otherwise) {
    return switch (definition.get(key).orElse(Value.none())) {
      case Bool(var on) -> on;
      case Value.Null() -> otherwise;
      case Value other ->
          throw new PipelineException(
              "%s: '%s' must be true or false, not %s".formatted(where, key, other.typeName()));
    };
  }
}
