package io.mlopscore.pipeline;

import io.mlopscore.pipeline.yaml.Value;
import io.mlopscore.pipeline.yaml.Value.Items;
import io.mlopscore.pipeline.yaml.Value.Mapping;
import io.mlopscore.pipeline.yaml.Value.Text;
import io.mlopscore.pipeline.yaml.YamlReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Fills `${a.b[0]}` in the values of a `dvc.yaml` from a context of names. `\${` stands for
/// itself.
///
/// @param options how a mapping inside a command is written
record Template(TemplateContext context, CommandOptions options) {
  private static final Pattern PLACEHOLDER = Pattern.compile("(?<!\\\\)\\$\\{(.*?)}");
  private static final Pattern NAME =
      Pattern.compile("[^.\\[\\]]+(?:\\s*\\.[^.\\[\\]]+|\\s*\\[[^.\\[\\]]+])*");
  private static final Pattern PART = Pattern.compile("[^.\\[\\]]+");
  private static final Pattern INDEX = Pattern.compile("[-+]?\\d{1,9}");

  /// Where a text stands decides which values it may take.
  private enum Place {
    /// Mappings become options.
    COMMAND,
    /// Only scalars.
    STAGE,
    /// Anything, when the text is one placeholder: `foreach`, `matrix` and the top level.
    WHOLE
  }

  static boolean hasPlaceholder(Value value) {
    return switch (value) {
      case Text(var text) -> PLACEHOLDER.matcher(text).find();
      case Items(var items) -> items.stream().anyMatch(Template::hasPlaceholder);
      case Mapping mapping ->
          mapping.entries().entrySet().stream()
              .anyMatch(
                  entry -> hasPlaceholder(entry.getKey()) || hasPlaceholder(entry.getValue()));
      case Value _ -> false;
    };
  }

  /// Fills every text below `value`, keys included, with scalars.
  ///
  /// @param where names the value in messages
  Value fill(Value value, String where) {
    return fill(value, Place.STAGE, where);
  }

  /// Fills a command, which may also hold a mapping: it becomes options.
  Value fillCommand(Value command, String where) {
    return fill(command, Place.COMMAND, where);
  }

  /// Fills texts with values of any kind, such as the list of a `foreach`.
  Value fillWhole(Value value, String where) {
    return fill(value, Place.WHOLE, where);
  }

  private Value fill(Value value, Place place, String where) {
    return switch (value) {
      case Text(var text) -> fillText(text, place, where);
      case Items(var values) -> {
        var filled = new ArrayList<Value>();
        values.forEach(item -> filled.add(fill(item, place, where)));
        yield new Items(filled);
      }
      case Mapping mapping -> fillMapping(mapping, place, where);
      case Value other -> other;
    };
  }

  private Mapping fillMapping(Mapping mapping, Place place, String where) {
    var filled = new LinkedHashMap<Value, Value>();
    var lines = new LinkedHashMap<Value, Integer>();
    for (var entry : mapping.entries().entrySet()) {
      var key = fill(entry.getKey(), place, where);
      filled.put(key, fill(entry.getValue(), place, where + "." + YamlReader.text(key)));
      lines.put(key, mapping.line(entry.getKey()));
    }
    return new Mapping(filled, lines);
  }

  /// A text that is one placeholder keeps the type of its value; else the values become text.
  private Value fillText(String text, Place place, String where) {
    if (text.indexOf("${") < 0) {
      return Value.of(text);
    }
    var placeholder = PLACEHOLDER.matcher(text);
    if (placeholder.matches() && placeholder.group(1).indexOf('}') < 0) {
      var value = lookUp(placeholder.group(1), where);
      if (place == Place.COMMAND && value instanceof Mapping) {
        return Value.of(inText(value, text, place, where));
      }
      if (place != Place.WHOLE) {
        requireScalar(value, text, where);
      }
      return value;
    }
    var filled =
        placeholder.replaceAll(
            found ->
                Matcher.quoteReplacement(
                    inText(lookUp(found.group(1), where), found.group(), place, where)));
    return Value.of(filled.replace("\\${", "${"));
  }

  private String inText(Value value, String placeholder, Place place, String where) {
    if (value instanceof Mapping mapping && place != Place.STAGE) {
      return options.text(mapping, where);
    }
    requireScalar(value, placeholder, where);
    return PythonText.inTemplate(value);
  }

  private static void requireScalar(Value value, String placeholder, String where) {
    if (value instanceof Items || value instanceof Mapping) {
      throw new PipelineException(
          "%s: cannot put %s into text: %s".formatted(where, value.typeName(), placeholder));
    }
  }

  private Value lookUp(String name, String where) {
    if (!NAME.matcher(name).matches()) {
      throw new PipelineException(
          "%s: '${%s}' is not a name; write ${name}, ${name.key} or ${name[0]}"
              .formatted(where, name));
    }
    var part = PART.matcher(name);
    part.find();
    var first = part.group().strip();
    var value = context.get(first).orElseThrow(() -> undefined(name, first, where));
    while (part.find()) {
      value = child(value, part.group().strip(), name, where);
    }
    return value;
  }

  private static Value child(Value value, String key, String name, String where) {
    if (value instanceof Mapping mapping) {
      return mapping.get(key).orElseThrow(() -> undefined(name, key, where));
    }
    if (value instanceof Items(var values) && INDEX.matcher(key).matches()) {
      int index = Integer.parseInt(key);
      int position = index < 0 ? index + values.size() : index;
      if (position >= 0 && position < values.size()) {
        return values.get(position);
      }
    }
    throw undefined(name, key, where);
  }

  private static PipelineException undefined(String name, String key, String where) {
    return new PipelineException(
        "%s: '${%s}' is not defined: could not find '%s' in params.yaml, vars or the loop"
            .formatted(where, name, key));
  }
}
