package io.mlopscore.pipeline.params;

import io.mlopscore.pipeline.yaml.Value;
import io.mlopscore.pipeline.yaml.YamlException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Where the keys and values of a TOML text stand. The text is one that [TomlParams] can read.
final class TomlText {
  /// A line `key = value`, or several for a long value.
  ///
  /// @param end behind its line break
  record Pair(List<Value> path, int start, int end) {}

  /// What stands below a header, or before the first one.
  ///
  /// @param path empty before the first header
  /// @param body behind the line of the header
  record Section(List<Value> path, int start, int body, List<Pair> pairs) {}

  private final String text;
  private final Map<List<Value>, Span> values = new HashMap<>();
  private final List<Section> sections = new ArrayList<>();
  private final Map<List<Value>, Integer> tables = new HashMap<>();
  private int at;

  TomlText(String text) {
    this.text = text;
    sections.add(new Section(List.of(), 0, 0, new ArrayList<>()));
    while (!atEnd()) {
      line();
    }
  }

  /// Where each value stands, by the keys and positions that lead to it.
  Map<List<Value>, Span> values() {
    return values;
  }

  /// The one before the first header comes first.
  List<Section> sections() {
    return sections;
  }

  /// Where a section ends: where the next one starts.
  int end(Section section) {
    int next = sections.indexOf(section) + 1;
    return next < sections.size() ? sections.get(next).start() : text.length();
  }

  private boolean atEnd() {
    return at >= text.length();
  }

  private char here() {
    if (atEnd()) {
      throw new YamlException("the TOML text ends too early");
    }
    return text.charAt(at);
  }

  private void line() {
    int start = at;
    skip(" \t");
    if (atEnd() || "\r\n#".indexOf(here()) >= 0) {
      nextLine();
    } else if (here() == '[') {
      header(start);
    } else {
      var section = sections.getLast();
      var path = key(section.path());
      skip(" \t");
      at++;
      value(path);
      nextLine();
      section.pairs().add(new Pair(path, start, at));
    }
  }

  private void header(int start) {
    boolean several = text.startsWith("[[", at);
    at += several ? 2 : 1;
    var path = inTables(key(List.of()), several);
    nextLine();
    sections.add(new Section(path, start, at, new ArrayList<>()));
  }

  /// Names of arrays of tables stand for the last table in them; `[[name]]` begins one.
  private List<Value> inTables(List<Value> keys, boolean begins) {
    var path = new ArrayList<Value>();
    for (int i = 0; i < keys.size(); i++) {
      path.add(keys.get(i));
      if (begins && i == keys.size() - 1) {
        tables.merge(List.copyOf(path), 1, Integer::sum);
      }
      var count = tables.get(path);
      if (count != null) {
        path.add(Value.of(count - 1));
      }
    }
    return List.copyOf(path);
  }

  private void skip(String characters) {
    while (!atEnd() && characters.indexOf(here()) >= 0) {
      at++;
    }
  }

  private void nextLine() {
    int end = text.indexOf('\n', at);
    at = end < 0 ? text.length() : end + 1;
  }

  private List<Value> key(List<Value> around) {
    var path = new ArrayList<>(around);
    do {
      at += !path.equals(around) && here() == '.' ? 1 : 0;
      skip(" \t");
      path.add(Value.of(name()));
      skip(" \t");
    } while (here() == '.');
    return List.copyOf(path);
  }

  private String name() {
    int start = at;
    if (here() == '"' || here() == '\'') {
      string();
      var quoted = text.substring(start, at);
      return TomlParams.read("k = " + quoted, "a key") instanceof Value.Mapping read
              && read.get("k").orElse(Value.none()) instanceof Value.Text(var name)
          ? name
          : quoted;
    }
    while (!atEnd() && ".=] \t".indexOf(here()) < 0) {
      at++;
    }
    return text.substring(start, at);
  }

  private void value(List<Value> path) {
    skip(" \t");
    int start = at;
    switch (here()) {
      case '"', '\'' -> string();
      case '[' -> array(path);
      case '{' -> inlineTable(path);
      default -> plain();
    }
    values.put(path, new Span(start, at));
  }

  private void string() {
    char quote = here();
    var fence = String.valueOf(quote).repeat(3);
    if (text.startsWith(fence, at)) {
      at += 3;
      while (!text.startsWith(fence, at)) {
        at += quote == '"' && here() == '\\' ? 2 : 1;
        here();
      }
      at += 3;
      // Up to two quotes may stand before the fence.
      while (!atEnd() && here() == quote) {
        at++;
      }
      return;
    }
    at++;
    while (here() != quote) {
      at += quote == '"' && here() == '\\' ? 2 : 1;
    }
    at++;
  }

  /// A number, truth value or date.
  private void plain() {
    int start = at;
    while (!atEnd() && ",]}#\r\n".indexOf(here()) < 0) {
      at++;
    }
    at = start + text.substring(start, at).stripTrailing().length();
  }

  private void array(List<Value> path) {
    at++;
    for (int i = 0; ; i++) {
      skipLines();
      if (here() == ']') {
        break;
      }
      value(longer(path, Value.of(i)));
      skipLines();
      at += here() == ',' ? 1 : 0;
    }
    at++;
  }

  private void skipLines() {
    skip(" \t\r\n");
    while (!atEnd() && here() == '#') {
      nextLine();
      skip(" \t\r\n");
    }
  }

  private void inlineTable(List<Value> path) {
    at++;
    skip(" \t");
    while (here() != '}') {
      var key = key(path);
      at++;
      value(key);
      skip(" \t");
      at += here() == ',' ? 1 : 0;
      skip(" \t");
    }
    at++;
  }

  private static List<Value> longer(List<Value> path, Value step) {
    var longer = new ArrayList<>(path);
    longer.add(step);
    return List.copyOf(longer);
  }
}
