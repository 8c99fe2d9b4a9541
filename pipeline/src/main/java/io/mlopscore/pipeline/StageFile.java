package io.mlopscore.pipeline;

import io.mlopscore.pipeline.yaml.Value;
import io.mlopscore.pipeline.yaml.Value.Mapping;
import io.mlopscore.pipeline.yaml.YamlReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/// Reads one `dvc.yaml`: its stages, with `foreach`, `matrix` and `${}` resolved, and what it
/// declares beside them.
final class StageFile {
  private final Repository repository;
  private final Path file;
  private final String name;
  private final Mapping document;
  private final TemplateContext context;

  private StageFile(Repository repository, Path file) throws IOException {
    this.repository = repository;
    this.file = file;
    this.name = repository.relative(file);
    this.document = YamlReader.mapping(file);
    Shapes.PIPELINE.require(document, file, name);
    this.context = TemplateContext.of(file.resolveSibling(""), value("vars"), name + ": vars");
  }

  /// The stages of a file, in its order.
  static List<Stage> read(Repository repository, Path file) throws IOException {
    return new StageFile(repository, file).stages();
  }

  /// What a file declares beside its stages.
  static Declarations declarations(Repository repository, Path file) throws IOException {
    var reader = new StageFile(repository, file);
    return new Declarations(
        file,
        reader.texts("metrics"),
        reader.texts("params"),
        reader.items("plots"),
        reader.filled("artifacts") instanceof Mapping artifacts ? artifacts : Mapping.EMPTY,
        reader.items("datasets"));
  }

  private List<String> texts(String key) {
    return items(key).stream().map(YamlReader::text).toList();
  }

  private List<Value> items(String key) {
    return YamlReader.items(filled(key)).values();
  }

  private Value filled(String key) {
    return template(context).fillWhole(value(key), name + ": " + key);
  }

  private Value value(String key) {
    return document.get(key).orElse(Value.none());
  }

  private Template template(TemplateContext names) {
    return new Template(names, options());
  }

  private List<Stage> stages() throws IOException {
    var stages = new ArrayList<Stage>();
    if (value("stages") instanceof Mapping definitions) {
      for (var entry : definitions.entries().entrySet()) {
        var stage = YamlReader.text(entry.getKey());
        var where = "%s:%d: stages.%s".formatted(name, definitions.line(entry.getKey()), stage);
        if (stage.contains("@")) {
          throw new PipelineException(where + ": a stage name has no '@', which marks loops");
        }
        read(stage, (Mapping) entry.getValue(), where, stages);
      }
    }
    return stages;
  }

  private void read(String stage, Mapping definition, String where, List<Stage> stages)
      throws IOException {
    if (definition.get("foreach").isPresent()) {
      var body = (Mapping) definition.get("do").orElseThrow();
      var over = definition.get("foreach").get();
      var members =
          members(
              over, where, (raw, filled) -> StageGroup.foreach(raw, filled, where + ".foreach"));
      readAll(stage, body, members, where, stages);
    } else if (definition.get("matrix").isPresent()) {
      var rest = new LinkedHashMap<>(definition.entries());
      rest.remove(Value.of("matrix"));
      var body = new Mapping(rest, definition.lines());
      var members =
          members(
              definition.get("matrix").get(),
              where,
              (raw, filled) ->
                  StageGroup.matrix((Mapping) raw, (Mapping) filled, where + ".matrix"));
      readAll(stage, body, members, where, stages);
    } else {
      stages.add(reader(stage, where).read(definition, context));
    }
  }

  private Map<String, Mapping> members(
      Value raw, String where, BiFunction<Value, Value, Map<String, Mapping>> group) {
    return group.apply(raw, template(context).fillWhole(raw, where));
  }

  private void readAll(
      String stage, Mapping body, Map<String, Mapping> members, String where, List<Stage> stages)
      throws IOException {
    for (var member : members.entrySet()) {
      var address = stage + "@" + member.getKey();
      var place = where + "@" + member.getKey();
      stages.add(reader(address, place).read(body, context.inLoop(member.getValue())));
    }
  }

  private StageReader reader(String stage, String where) {
    return new StageReader(repository, file, stage, where, options());
  }

  private CommandOptions options() {
    var parsing = repository.config().parsing();
    return new CommandOptions(parsing.negatedFlags(), parsing.repeatedOptions());
  }
}
