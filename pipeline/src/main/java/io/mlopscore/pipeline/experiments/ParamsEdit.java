package io.mlopscore.pipeline.experiments;

import io.mlopscore.pipeline.PipelineException;
import io.mlopscore.pipeline.params.JsonParams;
import io.mlopscore.pipeline.params.PythonEdit;
import io.mlopscore.pipeline.params.PythonParams;
import io.mlopscore.pipeline.params.TomlEdit;
import io.mlopscore.pipeline.params.TomlParams;
import io.mlopscore.pipeline.yaml.Value;
import io.mlopscore.pipeline.yaml.Value.Mapping;
import io.mlopscore.pipeline.yaml.YamlDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The new texts of files of parameters, changed in place: comments, order and quotes stay.
final class ParamsEdit {
  private static final List<Value> WHOLE = List.of();

  private ParamsEdit() {}

  /// The text of each file after the changes to it; nothing is written.
  ///
  /// @param directory where relative names of files start
  /// @throws PipelineException when a change does not fit
  static Map<Path, String> texts(Path directory, List<ParamOverride> overrides) throws IOException {
    var texts = new LinkedHashMap<Path, String>();
    for (var file : Overrides.byFile(overrides).entrySet()) {
      var path = directory.resolve(file.getKey()).normalize();
      texts.put(path, text(path, file.getKey(), file.getValue()));
    }
    return texts;
  }

  private static String text(Path path, String shown, List<ParamOverride> overrides)
      throws IOException {
    var before = Files.exists(path) ? Files.readString(path) : "";
    return switch (extension(shown)) {
      case "json" -> json(before, shown, overrides);
      case "toml" -> TomlEdit.of(before, shown, wanted(TomlParams.read(before, shown), overrides));
      case "py" ->
          PythonEdit.of(before, shown, wanted(PythonParams.read(before, shown), overrides));
      default -> yaml(before, shown, overrides);
    };
  }

  private static Mapping wanted(Value now, List<ParamOverride> overrides) {
    return Overrides.apply((Mapping) now, overrides);
  }

  private static String extension(String file) {
    return file.substring(file.lastIndexOf('.') + 1);
  }

  private static String yaml(String before, String shown, List<ParamOverride> overrides) {
    var document = new YamlDocument(shown, before);
    var wanted = Overrides.apply(mapping(document.value(), shown), overrides);
    if (wanted.entries().isEmpty()) {
      return "{}\n";
    }
    return CommentColumns.keep(before, document.update(WHOLE, wanted).text());
  }

  private static String json(String before, String shown, List<ParamOverride> overrides) {
    var now = before.isBlank() ? Value.none() : JsonParams.read(before, shown);
    return JsonLayout.of(before).write(Overrides.apply(mapping(now, shown), overrides));
  }

  private static Mapping mapping(Value value, String shown) {
    return switch (value) {
      case Mapping mapping -> mapping;
      case Value.Null() -> Mapping.EMPTY;
      case Value other ->
          throw new PipelineException(
              "%s: the top level must be a mapping, not %s".formatted(shown, other.typeName()));
    };
  }
}
