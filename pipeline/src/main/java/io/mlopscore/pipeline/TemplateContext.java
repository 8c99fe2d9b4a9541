package io.mlopscore.pipeline;

import io.mlopscore.pipeline.yaml.Value;
import io.mlopscore.pipeline.yaml.Value.Items;
import io.mlopscore.pipeline.yaml.Value.Mapping;
import io.mlopscore.pipeline.yaml.Value.Text;
import io.mlopscore.pipeline.yaml.YamlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The names that `${}` can use: those of `params.yaml`, then those of `vars`, then those of a
/// loop.
///
/// Names are never redefined: mappings of several sources are joined, all else is an error.
final class TemplateContext {
  private Mapping names;
  private final Mapping loop;
  private final Map<String, String> sources;
  private final Map<Path, Optional<List<String>>> loaded;

  private TemplateContext(
      Mapping names,
      Mapping loop,
      Map<String, String> sources,
      Map<Path, Optional<List<String>>> loaded) {
    this.names = names;
    this.loop = loop;
    this.sources = new HashMap<>(sources);
    this.loaded = new HashMap<>(loaded);
  }

  /// A context of names given in place.
  static TemplateContext of(Mapping names) {
    return new TemplateContext(names, Mapping.EMPTY, Map.of(), Map.of());
  }

  /// The context of a `dvc.yaml`: its `params.yaml` and its `vars`.
  static TemplateContext of(Path directory, Value vars, String where) throws IOException {
    var context = of(Mapping.EMPTY);
    if (Files.exists(directory.resolve(ParamsFile.DEFAULT))) {
      context.load(directory, ParamsFile.DEFAULT, where);
    }
    context.add(directory, vars, "", where);
    return context;
  }

  /// This context with the `vars` of a stage; their files are found from where the stage runs.
  TemplateContext with(Path directory, Value vars, String stage, String where) throws IOException {
    if (!(vars instanceof Items(var items)) || items.isEmpty()) {
      return this;
    }
    var context = new TemplateContext(names, loop, sources, loaded);
    context.add(directory, vars, stage + ".", where);
    return context;
  }

  /// This context with the names of one turn of a loop, which hide others.
  TemplateContext inLoop(Mapping turn) {
    return new TemplateContext(names, turn, sources, loaded);
  }

  Optional<Value> get(String name) {
    var own = loop.get(name);
    return own.isPresent() ? own : names.get(name);
  }

  private void add(Path directory, Value vars, String stage, String where) throws IOException {
    if (Template.hasPlaceholder(vars)) {
      throw new PipelineException(where + ": vars cannot hold ${}; write the values out");
    }
    var items = YamlReader.items(vars).values();
    for (int i = 0; i < items.size(); i++) {
      if (items.get(i) instanceof Mapping given) {
        merge(given, stage + "vars[" + i + "]", where);
      } else {
        load(directory, YamlReader.text(items.get(i)), where);
      }
    }
  }

  /// Loads a file, or of `file:key1,key2` only some of its keys.
  private void load(Path directory, String item, String where) throws IOException {
    int colon = item.indexOf(':');
    var file = directory.resolve(colon < 0 ? item : item.substring(0, colon)).normalize();
    var keys = colon < 0 ? List.<String>of() : keys(item.substring(colon + 1));
    if (isLoaded(file, item, keys, where)) {
      return;
    }
    var content = content(file, where);
    merge(
        keys.isEmpty() ? content : some(content, keys, file, where), shown(directory, file), where);
    var before =
        new ArrayList<>(loaded.getOrDefault(file, Optional.of(List.of())).orElse(List.of()));
    before.addAll(keys);
    loaded.put(file, keys.isEmpty() ? Optional.empty() : Optional.of(before));
  }

  private static List<String> keys(String text) {
    return java.util.Arrays.stream(text.split(",", -1)).filter(key -> !key.isEmpty()).toList();
  }

  private static String shown(Path directory, Path file) {
    return directory.relativize(file).toString();
  }

  private boolean isLoaded(Path file, String item, List<String> keys, String where) {
    var before = loaded.get(file);
    if (before == null) {
      return false;
    }
    if (before.isEmpty() && keys.isEmpty()) {
      return true;
    }
    if (before.isEmpty()) {
      throw new PipelineException(
          "%s: cannot partially load '%s' as it's already loaded; name the keys without it"
              .formatted(where, item));
    }
    if (keys.isEmpty() || keys.stream().anyMatch(before.get()::contains)) {
      throw new PipelineException(
          "%s: cannot load '%s' as it's partially loaded already".formatted(where, item));
    }
    return false;
  }

  private static Mapping content(Path file, String where) throws IOException {
    if (!Files.exists(file)) {
      throw new PipelineException("%s: vars names %s, which does not exist".formatted(where, file));
    }
    if (Files.isDirectory(file)) {
      throw new PipelineException("%s: vars names %s, a directory".formatted(where, file));
    }
    return ParamsText.read(file);
  }

  private static Mapping some(Mapping all, List<String> keys, Path file, String where) {
    var some = Mapping.EMPTY;
    for (var key : keys) {
      var value = all.get(key);
      if (value.isEmpty()) {
        throw new PipelineException("%s: could not find '%s' in %s".formatted(where, key, file));
      }
      some = some.with(key, value.get());
    }
    return some;
  }

  private void merge(Mapping from, String source, String where) {
    for (var key : List.of("item", "key")) {
      if (from.get(key).isPresent() && loop.get(key).isPresent()) {
        throw new PipelineException(
            "%s: '%s' of %s is the loop's own name; give it another".formatted(where, key, source));
      }
    }
    names = merged(names, from, "", source, where);
  }

  private Mapping merged(Mapping into, Mapping from, String prefix, String source, String where) {
    var all = new LinkedHashMap<>(into.entries());
    for (var entry : from.entries().entrySet()) {
      if (!(entry.getKey() instanceof Text(var key))) {
        continue;
      }
      var path = prefix + key;
      var before = all.get(entry.getKey());
      if (before instanceof Mapping a && entry.getValue() instanceof Mapping b) {
        all.put(entry.getKey(), merged(a, b, path + ".", source, where));
      } else if (before == null) {
        requireNoDates(entry.getValue(), path, source, where);
        sources.put(path, source);
        all.put(entry.getKey(), entry.getValue());
      } else {
        throw new PipelineException(
            "%s: cannot redefine '%s' from '%s' as it already exists in '%s'"
                .formatted(where, path, source, sources.getOrDefault(path, sourceAround(path))));
      }
    }
    return new Mapping(all);
  }

  private String sourceAround(String path) {
    int dot = path.lastIndexOf('.');
    return dot < 0
        ? ParamsFile.DEFAULT
        : sources.getOrDefault(path.substring(0, dot), sourceAround(path.substring(0, dot)));
  }

  /// Templates know no dates, so that DVC fails on any in these files.
  private static void requireNoDates(Value value, String path, String source, String where) {
    switch (value) {
      case Value.Moment(var text) ->
          throw new PipelineException(
              "%s: %s in '%s' is the date %s, which templates cannot hold; quote it: '%s'"
                  .formatted(where, path, source, text, text));
      case Mapping mapping ->
          mapping
              .entries()
              .forEach(
                  (key, child) -> {
                    if (key instanceof Text(var name)) {
                      requireNoDates(child, path + "." + name, source, where);
                    }
                  });
      case Items(var items) ->
          items.forEach(item -> requireNoDates(item, path + "[]", source, where));
      case Value _ -> {}
    }
  }
}
