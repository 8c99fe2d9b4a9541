package io.mlopscore.pipeline.experiments;

import io.mlopscore.pipeline.yaml.JsonText;
import io.mlopscore.pipeline.yaml.Value;
import io.mlopscore.pipeline.yaml.Value.Items;
import io.mlopscore.pipeline.yaml.Value.Mapping;
import io.mlopscore.pipeline.yaml.YamlReader;
import java.util.List;
import java.util.regex.Pattern;

/// How a JSON file is laid out, so that a changed one looks the same.
///
/// @param indent blanks for one level; 0 for all on one line, as DVC writes
/// @param end what follows the last bracket
record JsonLayout(int indent, String end) {
  private static final Pattern FIRST_LINE = Pattern.compile("^\\s*[{\\[]\\s*?\\n( +)\\S");

  static JsonLayout of(String text) {
    var first = FIRST_LINE.matcher(text);
    var end = text.substring(text.stripTrailing().length());
    return new JsonLayout(first.find() ? first.group(1).length() : 0, end);
  }

  String write(Value value) {
    var out = new StringBuilder();
    write(out, value, 0);
    return out.append(end).toString();
  }

  private void write(StringBuilder out, Value value, int depth) {
    switch (value) {
      case Mapping mapping ->
          list(
              out,
              "{}",
              depth,
              mapping.entries().entrySet().stream()
                  .<Runnable>map(
                      entry ->
                          () -> {
                            JsonText.string(out, YamlReader.text(entry.getKey()));
                            out.append(": ");
                            write(out, entry.getValue(), depth + 1);
                          })
                  .toList());
      case Items(var items) ->
          list(
              out,
              "[]",
              depth,
              items.stream().<Runnable>map(item -> () -> write(out, item, depth + 1)).toList());
      case Value leaf -> out.append(JsonText.of(leaf));
    }
  }

  private void list(StringBuilder out, String brackets, int depth, List<Runnable> parts) {
    out.append(brackets.charAt(0));
    for (int i = 0; i < parts.size(); i++) {
      out.append(i == 0 ? "" : indent == 0 ? ", " : ",");
      line(out, depth + 1);
      parts.get(i).run();
    }
    if (!parts.isEmpty()) {
      line(out, depth);
    }
    out.append(brackets.charAt(1));
  }

  private void line(StringBuilder out, int depth) {
    if (indent > 0) {
      out.append('\n').repeat(' ', depth * indent);
    }
  }
}
