package io.mlopscore.pipeline;

import io.mlopscore.pipeline.yaml.Value;
import io.mlopscore.pipeline.yaml.Value.Items;
import io.mlopscore.pipeline.yaml.Value.Mapping;
import io.mlopscore.pipeline.yaml.Value.Text;
import io.mlopscore.pipeline.yaml.YamlReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads the definition of one stage.
final class StageReader {
  private final Repository repository;
  private final Path file;
  private final String stage;
  private final String where;
  private final StageFields fields;
  private final CommandOptions options;

  /// @param where file, line and stage, for messages
  /// @param options how a mapping inside the command is written
  StageReader(
      Repository repository, Path file, String stage, String where, CommandOptions options) {
    this.repository = repository;
    this.file = file;
    this.stage = stage;
    this.where = where;
    this.fields = new StageFields(repository, where);
    this.options = options;
  }

  Stage read(Mapping raw, TemplateContext names) throws IOException {
    var vars = raw.get("vars").orElse(Value.none());
    var context =
        names.with(directory(raw, new Template(names, options)), vars, stage, where + ".vars");
    var template = new Template(context, options);
    var command = template.fillCommand(raw.get("cmd").orElse(Value.none()), where + ".cmd");
    var definition = filled(raw, template);
    var directory = directory(raw, template);
    var written = new OutputReader(fields, directory).of(definition);
    return new Stage(
        stage,
        file,
        address(),
        directory,
        command(command),
        dependencies(definition, directory),
        params(definition, directory),
        written.files(),
        written.urls(),
        fields.flag(definition, "frozen", false),
        fields.flag(definition, "always_changed", false),
        definition.get("desc").map(YamlReader::text).orElse(""),
        definition.get("meta").orElse(Value.none()));
  }

  private Path directory(Mapping raw, Template template) {
    return raw.get("wdir")
        .map(wdir -> PythonText.inTemplate(template.fill(wdir, where + ".wdir")))
        .map(wdir -> file.resolveSibling(wdir).normalize())
        .orElse(file.resolveSibling(""));
  }

  /// Everything but the command and `vars`.
  private Mapping filled(Mapping raw, Template template) {
    var rest = new LinkedHashMap<Value, Value>();
    for (var entry : raw.entries().entrySet()) {
      var key = YamlReader.text(entry.getKey());
      if (!key.equals("cmd") && !key.equals("vars")) {
        rest.put(entry.getKey(), template.fill(entry.getValue(), where + "." + key));
      }
    }
    return new Mapping(rest, raw.lines());
  }

  private String address() {
    var path = repository.relative(file);
    return path.equals("dvc.yaml") ? stage : path + ":" + stage;
  }

  private Command command(Value command) {
    return switch (command) {
      case Text(var text) when !text.isBlank() -> new Command.Script(text);
      case Items(var texts) when !texts.isEmpty() ->
          new Command.Sequence(texts.stream().map(YamlReader::text).toList());
      case Value _ ->
          throw new PipelineException(where + ": 'cmd' must be a command or a list of commands");
    };
  }

  private List<Dependency> dependencies(Mapping definition, Path directory) {
    var dependencies = new ArrayList<Dependency>();
    for (var item : fields.list(definition, "deps")) {
      var path = fields.path(item, "deps", directory);
      dependencies.add(dependency(path, directory));
    }
    return dependencies;
  }

  private Dependency dependency(String path, Path directory) {
    try {
      return Dependency.of(path, directory, repository.config());
    } catch (ConfigException e) {
      throw new ConfigException(where + ".deps: " + e.getMessage());
    }
  }

  /// Keys of several mentions of one file are joined; a mention of the whole file wins.
  private List<ParamsFile> params(Mapping definition, Path directory) {
    var keys = new LinkedHashMap<String, Optional<List<String>>>();
    for (var item : fields.list(definition, "params")) {
      switch (item) {
        case Mapping files ->
            files
                .entries()
                .forEach(
                    (path, names) -> addKeys(keys, fields.text(path, "params"), keyNames(names)));
        case Value name ->
            addKeys(keys, ParamsFile.DEFAULT, Optional.of(List.of(fields.text(name, "params"))));
      }
    }
    var params = new ArrayList<ParamsFile>();
    keys.forEach(
        (path, names) ->
            params.add(
                new ParamsFile(
                    path, directory.resolve(path).normalize(), names.orElse(List.of()))));
    return params;
  }

  private Optional<List<String>> keyNames(Value names) {
    return switch (names) {
      case Items(var values) when !values.isEmpty() ->
          Optional.of(values.stream().map(value -> fields.text(value, "params")).toList());
      case Items _, Value.Null _ -> Optional.empty();
      case Value other ->
          throw new PipelineException(
              "%s: params of a file must be a list of keys, not %s"
                  .formatted(where, other.typeName()));
    };
  }

  private static void addKeys(
      Map<String, Optional<List<String>>> keys, String path, Optional<List<String>> names) {
    var before = keys.get(path);
    if (before == null || names.isEmpty()) {
      keys.put(path, names);
    } else {
      before.ifPresent(
          known -> {
            var all = new ArrayList<>(known);
            all.addAll(names.get());
            keys.put(path, Optional.of(all.stream().distinct().toList()));
          });
    }
  }
}
