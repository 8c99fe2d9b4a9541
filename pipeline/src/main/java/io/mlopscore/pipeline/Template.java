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
/// @param context names to values
record Template(Mapping context) {
  private static final Pattern PLACEHOLDER = Pattern.compile("(\\\\)?\\$\\{([^}]*)}");
  private static final Pattern NAME =
      Pattern.compile(
          "\\s*[\\w-]+(?:\\.[\\w-]+|\\[[^\\]]+])*\\s*", Pattern.UNICODE_CHARACTER_CLASS);
  private static final Pattern PART = Pattern.compile("[^.\\[\\]]+");

  /// Fills every text below `value`, keys included.
  ///
  /// @param where names the value in messages
  Value fill(Value value, String where) {
    return switch (value) {
      case Text(var text) -> fillText(text, where);
      case Items(var values) -> {
        var filled = new ArrayList<Value>();
        values.forEach(item -> filled.add(fill(item, where)));
        yield new Items(filled);
      }
      case Mapping mapping -> fillMapping(mapping, where);
      case Value other -> other;
    };
  }

  private Mapping fillMapping(Mapping mapping, String where) {
    var filled = new LinkedHashMap<Value, Value>();
    var lines = new LinkedHashMap<Value, Integer>();
    for (var entry : mapping.entries().entrySet()) {
      var key = fill(entry.getKey(), where);
      filled.put(key, fill(entry.getValue(), where + "." + YamlReader.text(key)));
      lines.put(key, mapping.line(entry.getKey()));
    }
    return new Mapping(filled, lines);
  }

  /// A text that is one placeholder keeps the type of its value; else the values become text.
  private Value fillText(String text, String where) {
    var placeholder = PLACEHOLDER.matcher(text);
    if (placeholder.matches() && placeholder.group(1) == null) {
      return lookUp(placeholder.group(2), where);
    }
    return Value.of(
        placeholder.replaceAll(
            found ->
                Matcher.quoteReplacement(
                    found.group(1) != null
                        ? found.group().substring(1)
                        : inText(lookUp(found.group(2), where), found.group(), where))));
  }

  /// A command may also hold a mapping, which becomes options.
  Value fillCommand(Value command, String where) {
    return switch (command) {
      case Text(var text) -> {
        var options = CommandOptions.in(text, PLACEHOLDER, name -> lookUp(name, where));
        yield Value.of(new Template(context).fillWhole(options, where));
      }
      case Items(var values) -> {
        var filled = new ArrayList<Value>();
        values.forEach(item -> filled.add(fillCommand(item, where)));
        yield new Items(filled);
      }
      case Value other -> other;
    };
  }

  private String fillWhole(String text, String where) {
    var filled = fillText(text, where);
    return filled instanceof Text(var plain) ? plain : inText(filled, text, where);
  }

  private static String inText(Value value, String placeholder, String where) {
    return switch (value) {
      case Text(var text) -> text;
      case Value.Null() -> "None";
      case Value.Bool(var bool) -> Boolean.toString(bool);
      case Value.Int _, Value.Real _, Value.Moment _ -> YamlReader.text(value);
      case Items _, Mapping _ ->
          throw new PipelineException(
              "%s: cannot put %s into text: %s".formatted(where, value.typeName(), placeholder));
    };
  }

  private Value lookUp(String name, String where) {
    if (!NAME.matcher(name).matches()) {
      throw new PipelineException(
          "%s: '${%s}' is not a name; write ${name}, ${name.key} or ${name[0]}"
              .formatted(where, name));
    }
    Value value = context;
    var part = PART.matcher(name.strip());
    while (part.find()) {
      value = child(value, part.group(), name, where);
    }
    return value;
  }

  private static Value child(Value value, String key, String name, String where) {
    if (value instanceof Mapping mapping && mapping.get(key).isPresent()) {
      return mapping.get(key).orElseThrow();
    }
    if (value instanceof Items(var values)
        && key.chars().allMatch(Character::isDigit)
        && key.length() < 10
        && Integer.parseInt(key) < values.size()) {
      return values.get(Integer.parseInt(key));
    }
    throw new PipelineException(
        "%s: '${%s}' is not defined: no '%s' in params.yaml, vars or the loop"
            .formatted(where, name, key));
  }
}
