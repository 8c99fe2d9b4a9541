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
    return switch (parse(file.toString(), YamlReader.characters(file))) {
      case Mapping mapping -> mapping;
      case Value.Null() -> Mapping.EMPTY;
      case Value other when isFalse(other) -> Mapping.EMPTY;
      case Value other ->
          throw new YamlException(
              "%s: the top level must be a mapping, not %s".formatted(file, other.typeName()));
    };
  }

  /// Reads the text of a file whatever it holds.
  ///
  /// @param name tells the format, and stands for the text in messages
  /// @throws YamlException when it is not valid
  public static Value parse(String name, String text) {
    return switch (format(name)) {
      case "JSON" -> JsonParams.read(text, name);
      case "TOML" -> TomlParams.read(text, name);
      case "Python" -> PythonParams.read(text, name);
      default -> YamlReader.read(text, name);
    };
  }

  /// `JSON`, `TOML`, `Python` or `YAML`.
  public static String format(String name) {
    int dot = name.lastIndexOf('.');
    return switch (dot < 0 ? "" : name.substring(dot).toLowerCase(Locale.ROOT)) {
      case ".json" -> "JSON";
      case ".toml" -> "TOML";
      case ".py" -> "Python";
      default -> "YAML";
    };
  }

  /// What Python holds false counts as nothing.
  private static boolean isFalse(Value value) {
    return value.same(Value.of(0))
        || value.equals(Value.of(""))
        || (value instanceof Value.Items(var items) && items.isEmpty());
  }
}
