package io.mlopscore.pipeline.plots;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mlopscore.pipeline.PipelineException;
import io.mlopscore.pipeline.params.JsonParams;
import io.mlopscore.pipeline.yaml.Value;
import io.mlopscore.pipeline.yaml.Value.Items;
import io.mlopscore.pipeline.yaml.Value.Mapping;
import io.mlopscore.pipeline.yaml.Value.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;

/// A Vega-Lite drawing with gaps, `<DVC_METRIC_DATA>` and the like, as DVC names them: templates of
/// a repository work with both.
public final class Template {
  /// Those that come with us.
  public static final List<String> NAMES =
      List.of(
          "simple",
          "linear",
          "confusion",
          "confusion_normalized",
          "scatter",
          "scatter_jitter",
          "smooth",
          "bar_horizontal_sorted",
          "bar_horizontal");

  private static final String USUAL = "linear";
  private static final String END = ".json";

  private final String name;
  private final Value content;

  private Template(String name, Value content) {
    this.name = name;
    this.content = content;
  }

  /// The template of a name: a file in a folder, then any file, then one of [#NAMES].
  ///
  /// @param folder of the repository's own templates
  /// @param here what relative paths start from
  static Template find(String name, Path folder, Path here) throws IOException {
    for (var file : List.of(folder.resolve(name), folder.resolve(name + END), here.resolve(name))) {
      if (Files.isRegularFile(file)) {
        return new Template(name, JsonParams.read(Files.readString(file), file.toString()));
      }
    }
    return builtIn(name);
  }

  /// @throws PipelineException when it is none of [#NAMES]
  public static Template builtIn(String name) throws IOException {
    if (!NAMES.contains(name)) {
      throw new PipelineException("there is no template '%s' for plots".formatted(name));
    }
    try (var in = Template.class.getResourceAsStream("templates/" + name + END)) {
      if (in == null) {
        throw new IOException("the template '%s' is not in this installation".formatted(name));
      }
      return new Template(name, JsonParams.read(new String(in.readAllBytes(), UTF_8), name));
    }
  }

  static String usual() {
    return USUAL;
  }

  String name() {
    return name;
  }

  public Value content() {
    return content;
  }

  static String gap(String name) {
    return "<DVC_METRIC_" + name.toUpperCase(Locale.ROOT) + ">";
  }

  /// Whether a value of this name is asked for.
  boolean has(String gap) {
    return has(content, gap(gap));
  }

  private static boolean has(Value value, String gap) {
    return switch (value) {
      case Text(var text) -> text.equals(gap);
      case Items(var values) -> values.stream().anyMatch(inner -> has(inner, gap));
      case Mapping mapping ->
          mapping.entries().values().stream().anyMatch(inner -> has(inner, gap));
      case Value _ -> false;
    };
  }

  /// With a value in its place. Text is also put inside of longer text.
  Template with(String gap, Value value) {
    return new Template(name, filled(content, gap(gap), value));
  }

  private static Value filled(Value at, String gap, Value value) {
    return switch (at) {
      case Text(var text) when text.equals(gap) -> value;
      case Text(var text) when text.contains(gap) && value instanceof Text(var inner) ->
          Value.of(text.replace(gap, inner));
      case Items(var values) ->
          new Items(values.stream().map(inner -> filled(inner, gap, value)).toList());
      case Mapping mapping -> {
        var all = new LinkedHashMap<Value, Value>();
        mapping.entries().forEach((key, inner) -> all.put(key, filled(inner, gap, value)));
        yield new Mapping(all);
      }
      case Value other -> other;
    };
  }
}
