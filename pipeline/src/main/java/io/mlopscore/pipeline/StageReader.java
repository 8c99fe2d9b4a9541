package io.mlopscore.pipeline;

import io.mlopscore.pipeline.yaml.Value;
import io.mlopscore.pipeline.yaml.Value.Bool;
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
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Reads the definition of one stage.
final class StageReader {
  /// What may be said about how to draw a plot.
  private static final Set<Value> DISPLAY =
      Stream.of("x", "y", "x_label", "y_label", "title", "template", "header")
          .map(Value::of)
          .collect(Collectors.toUnmodifiableSet());

  private final Repository repository;
  private final Path file;
  private final String stage;
  private final String where;
  private final CommandOptions options;

  /// @param where file, line and stage, for messages
  /// @param options how a mapping inside the command is written
  StageReader(
      Repository repository, Path file, String stage, String where, CommandOptions options) {
    this.repository = repository;
    this.file = file;
    this.stage = stage;
    this.where = where;
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
    return new Stage(
        stage,
        file,
        address(),
        directory,
        command(command),
        dependencies(definition, directory),
        params(definition, directory),
        outputs(definition, directory),
        flag(definition, "frozen", false),
        flag(definition, "always_changed", false),
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
    for (var item : list(definition, "deps")) {
      var path = path(item, "deps", directory);
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
    for (var item : list(definition, "params")) {
      switch (item) {
        case Mapping files ->
            files
                .entries()
                .forEach((path, names) -> addKeys(keys, text(path, "params"), keyNames(names)));
        case Value name ->
            addKeys(keys, ParamsFile.DEFAULT, Optional.of(List.of(text(name, "params"))));
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
          Optional.of(values.stream().map(value -> text(value, "params")).toList());
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

  private List<Output> outputs(Mapping definition, Path directory) {
    var outputs = new ArrayList<Output>();
    outputs.addAll(outputs(definition, "outs", Output.Kind.OUT, directory));
    outputs.addAll(outputs(definition, "metrics", Output.Kind.METRIC, directory));
    outputs.addAll(outputs(definition, "plots", Output.Kind.PLOT, directory));
    return outputs;
  }

  /// Flags of several mentions of one path are joined.
  private List<Output> outputs(Mapping definition, String key, Output.Kind kind, Path directory) {
    var flags = new LinkedHashMap<Value, Mapping>();
    for (var item : list(definition, key)) {
      switch (item) {
        case Mapping several ->
            several
                .entries()
                .forEach((path, given) -> flags.merge(path, flags(given), StageReader::joined));
        case Value path -> flags.merge(path, Mapping.EMPTY, StageReader::joined);
      }
    }
    var outputs = new ArrayList<Output>();
    flags.forEach((path, given) -> outputs.add(output(path, given, kind, key, directory)));
    return outputs;
  }

  private static Mapping flags(Value given) {
    return given instanceof Mapping flags ? flags : Mapping.EMPTY;
  }

  private static Mapping joined(Mapping before, Mapping more) {
    var all = new LinkedHashMap<>(before.entries());
    all.putAll(more.entries());
    return new Mapping(all);
  }

  private Output output(
      Value written, Mapping flags, Output.Kind kind, String key, Path directory) {
    var path = path(written, key, directory);
    if (Dependency.isUrl(path)) {
      throw new PipelineException(
          "%s: output '%s' is a URL; a stage can read from URLs, and write to files only"
              .formatted(where, path));
    }
    var target = directory.resolve(path).normalize();
    boolean cached = flag(flags, "cache", true);
    if (cached && !repository.contains(target)) {
      throw new PipelineException(
          "%s: output '%s' is outside the repository; add 'cache: false' to it"
              .formatted(where, path));
    }
    return new Output(
        path,
        target,
        kind,
        cached,
        flag(flags, "persist", false),
        flag(flags, "push", true),
        flags.get("remote").map(YamlReader::text),
        kind == Output.Kind.PLOT ? display(flags) : Mapping.EMPTY);
  }

  private static Mapping display(Mapping flags) {
    var display = new LinkedHashMap<>(flags.entries());
    display.keySet().retainAll(DISPLAY);
    return new Mapping(display);
  }

  private List<Value> list(Mapping definition, String key) {
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
  private String path(Value value, String key, Path directory) {
    var path = text(value, key);
    return path.startsWith("/") && repository.contains(Path.of(path).normalize())
        ? Workspace.posix(directory.relativize(Path.of(path).normalize()))
        : path;
  }

  private String text(Value value, String key) {
    return switch (value) {
      case Text(var text) when !text.isEmpty() -> text;
      case Value.Int _, Value.Real _, Value.Bool _ -> YamlReader.text(value);
      case Value other ->
          throw new PipelineException(
              "%s: an item of '%s' must be a string, not %s"
                  .formatted(where, key, other.typeName()));
    };
  }

  private boolean flag(Mapping definition, String key, boolean otherwise) {
    return switch (definition.get(key).orElse(Value.none())) {
      case Bool(var on) -> on;
      case Value.Null() -> otherwise;
      case Value other ->
          throw new PipelineException(
              "%s: '%s' must be true or false, not %s".formatted(where, key, other.typeName()));
    };
  }
}
