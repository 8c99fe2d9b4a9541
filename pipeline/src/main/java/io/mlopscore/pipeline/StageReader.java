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

/// Reads the definition of one stage.
final class StageReader {
  private static final Set<String> KEYS =
      Set.of(
          "cmd",
          "wdir",
          "deps",
          "params",
          "outs",
          "metrics",
          "plots",
          "vars",
          "frozen",
          "always_changed",
          "desc",
          "meta");
  private static final Set<String> OUT_FLAGS =
      Set.of("cache", "persist", "remote", "push", "desc", "type", "labels", "meta", "checkpoint");
  private static final Set<String> PLOT_FLAGS =
      Set.of(
          "cache",
          "persist",
          "remote",
          "push",
          "desc",
          "type",
          "labels",
          "meta",
          "checkpoint",
          "x",
          "y",
          "x_label",
          "y_label",
          "title",
          "template",
          "header");

  private final Repository repository;
  private final Path file;
  private final String stage;
  private final String where;

  /// @param where file, line and stage, for messages
  StageReader(Repository repository, Path file, String stage, String where) {
    this.repository = repository;
    this.file = file;
    this.stage = stage;
    this.where = where;
  }

  Stage read(Mapping raw, Mapping names) throws IOException {
    KnownKeys.check(raw, KEYS, repository.relative(file), "stages." + stage);
    var vars = TemplateContext.vars(raw.get("vars").orElse(Value.none()));
    var context = TemplateContext.extended(names, file.resolveSibling(""), vars, where);
    var template = new Template(context);
    var command = template.fillCommand(raw.get("cmd").orElse(Value.none()), where + ".cmd");
    var definition = filled(raw, template);
    var directory =
        definition
            .get("wdir")
            .map(wdir -> file.resolveSibling(YamlReader.text(wdir)).normalize())
            .orElse(file.resolveSibling(""));
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
        definition.get("desc").map(YamlReader::text).orElse(""));
  }

  /// Everything but the command, `vars` and what is free text.
  private Mapping filled(Mapping raw, Template template) {
    var rest = new LinkedHashMap<Value, Value>();
    for (var entry : raw.entries().entrySet()) {
      var key = YamlReader.text(entry.getKey());
      switch (key) {
        case "cmd", "vars" -> {}
        case "desc", "meta" -> rest.put(entry.getKey(), entry.getValue());
        default -> rest.put(entry.getKey(), template.fill(entry.getValue(), where + "." + key));
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
      var path = path(item, "deps");
      dependencies.add(new Dependency(path, directory.resolve(path).normalize()));
    }
    return dependencies;
  }

  /// Keys of several mentions of one file are joined; a mention of the whole file wins.
  private List<ParamsFile> params(Mapping definition, Path directory) {
    var keys = new LinkedHashMap<String, Optional<List<String>>>();
    for (var item : list(definition, "params")) {
      switch (item) {
        case Mapping files ->
            files
                .entries()
                .forEach((path, names) -> addKeys(keys, path(path, "params"), keyNames(names)));
        case Value name ->
            addKeys(keys, ParamsFile.DEFAULT, Optional.of(List.of(path(name, "params"))));
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
          Optional.of(values.stream().map(value -> path(value, "params")).toList());
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
    for (var item : list(definition, "outs")) {
      outputs.add(output(item, Output.Kind.OUT, "outs", directory));
    }
    for (var item : list(definition, "metrics")) {
      outputs.add(output(item, Output.Kind.METRIC, "metrics", directory));
    }
    for (var item : list(definition, "plots")) {
      outputs.add(output(item, Output.Kind.PLOT, "plots", directory));
    }
    return outputs;
  }

  private Output output(Value item, Output.Kind kind, String key, Path directory) {
    var written = item;
    var flags = Mapping.EMPTY;
    if (item instanceof Mapping mapping && mapping.entries().size() == 1) {
      var entry = mapping.entries().entrySet().iterator().next();
      written = entry.getKey();
      flags = entry.getValue() instanceof Mapping given ? given : Mapping.EMPTY;
      var known = kind == Output.Kind.PLOT ? PLOT_FLAGS : OUT_FLAGS;
      var place = "stages.%s.%s.%s".formatted(stage, key, YamlReader.text(written));
      KnownKeys.check(flags, known, repository.relative(file), place);
    }
    var path = path(written, key);
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
        flags.get("remote").map(YamlReader::text));
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

  private String path(Value value, String key) {
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
