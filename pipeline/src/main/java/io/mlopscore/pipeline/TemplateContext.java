package io.mlopscore.pipeline;

import io.mlopscore.pipeline.yaml.Value;
import io.mlopscore.pipeline.yaml.Value.Items;
import io.mlopscore.pipeline.yaml.Value.Mapping;
import io.mlopscore.pipeline.yaml.Value.Text;
import io.mlopscore.pipeline.yaml.YamlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;

/// The names that `${}` can use: those of `params.yaml`, then those of `vars`.
final class TemplateContext {
  private TemplateContext() {}

  static Mapping of(Path directory, List<Value> vars, String where) throws IOException {
    var context = Mapping.EMPTY;
    var params = directory.resolve(ParamsFile.DEFAULT);
    if (Files.exists(params)) {
      context = YamlReader.read(params) instanceof Mapping names ? names : Mapping.EMPTY;
    }
    return extended(context, directory, vars, where);
  }

  /// Adds `vars`: names given in place, or files, of which `file:key1,key2` takes only some keys.
  static Mapping extended(Mapping context, Path directory, List<Value> vars, String where)
      throws IOException {
    var merged = context;
    for (var item : vars) {
      switch (item) {
        case Mapping names -> merged = merged(merged, names, where);
        case Text(var file) when file.equals(ParamsFile.DEFAULT) -> {}
        case Text(var file) -> merged = merged(merged, file(directory, file, where), where);
        case Value other ->
            throw new PipelineException(
                "%s: vars takes files and mappings, not %s".formatted(where, other.typeName()));
      }
    }
    return merged;
  }

  private static Mapping file(Path directory, String text, String where) throws IOException {
    int colon = text.indexOf(':');
    var path = directory.resolve(colon < 0 ? text : text.substring(0, colon));
    if (!Files.exists(path)) {
      throw new PipelineException("%s: vars names %s, which does not exist".formatted(where, path));
    }
    var all = YamlReader.mapping(path);
    if (colon < 0) {
      return all;
    }
    var some = Mapping.EMPTY;
    for (var key : text.substring(colon + 1).split(",", -1)) {
      var value = all.get(key.strip());
      if (value.isEmpty()) {
        throw new PipelineException("%s: %s has no key '%s'".formatted(where, path, key.strip()));
      }
      some = some.with(key.strip(), value.get());
    }
    return some;
  }

  private static Mapping merged(Mapping into, Mapping from, String where) {
    var all = new LinkedHashMap<>(into.entries());
    for (var entry : from.entries().entrySet()) {
      var before = all.get(entry.getKey());
      if (before == null) {
        all.put(entry.getKey(), entry.getValue());
      } else if (before instanceof Mapping a && entry.getValue() instanceof Mapping b) {
        all.put(entry.getKey(), merged(a, b, where));
      } else {
        throw new PipelineException(
            "%s: vars defines '%s' a second time"
                .formatted(where, YamlReader.text(entry.getKey())));
      }
    }
    return new Mapping(all);
  }

  /// The values of a `vars` key.
  static List<Value> vars(Value value) {
    return value instanceof Items(var values) ? values : List.of();
  }
}
