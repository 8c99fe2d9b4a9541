package io.mlopscore.pipeline;

import io.mlopscore.pipeline.params.JsonParams;
import io.mlopscore.pipeline.params.PythonParams;
import io.mlopscore.pipeline.params.TomlParams;
import io.mlopscore.pipeline.yaml.Value;
import io.mlopscore.pipeline.yaml.Value.Mapping;
import io.mlopscore.pipeline.yaml.YamlException;
import io.mlopscore.pipeline.yaml.YamlReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/// Reads a file of parameters by the end of its name: `.json`, `.toml`, `.py`, and all others as
/// YAML.
public final class ParamsText {
  private ParamsText() {}

  /// @throws YamlException when the file is not valid or its top level is no mapping
  public static Mapping read(Path file) throws IOException {
    return readAs(file, file);
  }

  /// Reads a file whose content lies elsewhere, such as in the cache.
  ///
  /// @param file tells the format by its name
  /// @throws YamlException as above
  public static Mapping readAs(Path file, Path content) throws IOException {
    return switch (value(file, content)) {
      case Mapping mapping -> mapping;
      case Value.Null() -> Mapping.EMPTY;
      case Value other when isFalse(other) -> Mapping.EMPTY;
      case Value other ->
          throw new YamlException(
              "%s: the top level must be a mapping, not %s".formatted(file, other.typeName()));
    };
  }

  private static Value value(Path file, Path content) throws IOException {
    var name = file.getFileName().toString();
    int dot = name.lastIndexOf('.');
    return switch (dot < 0 ? "" : name.substring(dot).toLowerCase(Locale.ROOT)) {
      case ".json" -> JsonParams.read(YamlReader.characters(content), file.toString());
      case ".toml" -> TomlParams.read(YamlReader.characters(content), file.toString());
      case ".py" -> PythonParams.read(YamlReader.characters(content), file.toString());
      default -> YamlReader.read(content);
    };
  }

  /// What Python holds false counts as nothing.
  private static boolean isFalse(Value value) {
    return value.same(Value.of(0))
        || value.equals(Value.of(""))
        || (value instanceof Value.Items(var items) && items.isEmpty());
  }
}
