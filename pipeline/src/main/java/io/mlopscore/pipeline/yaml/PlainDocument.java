package io.mlopscore.pipeline.yaml;

import io.mlopscore.pipeline.yaml.Value.Items;
import io.mlopscore.pipeline.yaml.Value.Mapping;
import io.mlopscore.pipeline.yaml.Value.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads the plain part of YAML: block mappings and lists of scalars that stand on one line.
///
/// Nearly every `dvc.yaml` and `dvc.lock` is of this kind, and is read several times faster than by
/// a whole parser, which counts where thousands of stages are. Anything else, from anchors to
/// folded text, is left to that parser: the answer is then empty, never a guess.
final class PlainDocument {
  private static final int DEPTH = 40;
  private static final String INDICATORS = ",[]{}#&*!|>'\"%@`";

  /// Ends the reading of what is not plain.
  private static final class NotPlain extends RuntimeException {
    private static final long serialVersionUID = 1;

    NotPlain() {
      super(null, null, false, false);
    }
  }

  private record Line(int number, int indent, String text) {}

  private final List<Line> lines;
  private int at;

  private PlainDocument(List<Line> lines) {
    this.lines = lines;
  }

  /// The mapping the text is; empty when it takes a whole parser to tell.
  static Optional<Mapping> read(String text) {
    try {
      var lines = lines(text);
      if (lines.isEmpty() || lines.getFirst().indent != 0) {
        return Optional.empty();
      }
      var document = new PlainDocument(lines);
      var mapping = document.mapping(0, 0);
      return document.at == lines.size() ? Optional.of(mapping) : Optional.empty();
    } catch (NotPlain _) {
      return Optional.empty();
    }
  }

  private static List<Line> lines(String text) {
    var lines = new ArrayList<Line>();
    int number = 0;
    for (int start = 0; start < text.length(); ) {
      int end = text.indexOf('\n', start);
      end = end < 0 ? text.length() : end;
      number++;
      line(text, start, end, number, lines);
      start = end + 1;
    }
    return lines;
  }

  private static void line(String text, int start, int end, int number, List<Line> lines) {
    int first = start;
    while (first < end && text.charAt(first) == ' ') {
      first++;
    }
    int last = end;
    while (last > first && text.charAt(last - 1) == ' ') {
      last--;
    }
    for (int i = first; i < last; i++) {
      require(isPlain(text.charAt(i)));
    }
    if (first == last || text.charAt(first) == '#') {
      return;
    }
    var content = text.substring(first, last);
    boolean marker = first == start && (content.startsWith("---") || content.startsWith("..."));
    require(!marker);
    lines.add(new Line(number, first - start, content));
  }

  /// Neither a control character, tabs among them, nor one that other YAML versions break lines at.
  private static boolean isPlain(char c) {
    return c >= ' '
        && (c < 0x7f || c > 0x9f)
        && c != '\u2028'
        && c != '\u2029'
        && c != '\ufeff'
        && c < '\ufffe';
  }

  private static void require(boolean plain) {
    if (!plain) {
      throw new NotPlain();
    }
  }

  private boolean has(int indent) {
    return at < lines.size() && lines.get(at).indent == indent;
  }

  private Mapping mapping(int indent, int depth) {
    require(depth < DEPTH);
    Map<Value, Value> entries = new LinkedHashMap<>();
    Map<Value, Integer> numbers = new LinkedHashMap<>();
    while (has(indent) && !isItem(lines.get(at).text)) {
      entry(lines.get(at).text, indent, depth, entries, numbers);
    }
    require(!entries.isEmpty() && (at == lines.size() || lines.get(at).indent <= indent));
    return new Mapping(entries, numbers);
  }

  /// One `key: value` whose key stands at `indent`.
  private void entry(
      String text, int indent, int depth, Map<Value, Value> entries, Map<Value, Integer> numbers) {
    int colon = colon(text);
    require(colon > 0);
    var key = key(text.substring(0, colon).stripTrailing());
    numbers.put(key, lines.get(at).number);
    at++;
    var rest = text.substring(colon + 1).strip();
    var value = rest.isEmpty() ? nested(indent, depth) : scalar(rest);
    require(rest.isEmpty() || at == lines.size() || lines.get(at).indent <= indent);
    require(entries.put(key, value) == null);
  }

  private static Value key(String written) {
    char first = written.charAt(0);
    if (first == '\'' || first == '"') {
      return quoted(written, first);
    }
    require(!written.equals("<<") && isPlainStart(written));
    return PlainScalar.parse(written);
  }

  /// Where the key ends, or -1.
  private static int colon(String text) {
    int colon = text.indexOf(": ");
    int comment = text.indexOf(" #");
    require(comment < 0);
    return colon >= 0 ? colon : text.endsWith(":") ? text.length() - 1 : -1;
  }

  private Value nested(int indent, int depth) {
    if (at == lines.size()) {
      return Value.none();
    }
    var next = lines.get(at);
    if (isItem(next.text) && next.indent >= indent) {
      return items(next.indent, depth + 1);
    }
    return next.indent > indent ? mapping(next.indent, depth + 1) : Value.none();
  }

  private static boolean isItem(String text) {
    return text.startsWith("- ") || text.equals("-");
  }

  private Items items(int indent, int depth) {
    require(depth < DEPTH);
    var values = new ArrayList<Value>();
    while (has(indent) && isItem(lines.get(at).text)) {
      values.add(item(lines.get(at), depth));
    }
    require(at == lines.size() || lines.get(at).indent <= indent);
    return new Items(values);
  }

  private Value item(Line line, int depth) {
    require(line.text.length() > 1);
    var text = line.text.substring(1).stripLeading();
    require(!isItem(text));
    boolean quoted = text.startsWith("'") || text.startsWith("\"");
    if (!quoted && text.charAt(0) != '[' && colon(text) >= 0) {
      // A mapping within the item: its first key stands behind the dash.
      int inner = line.indent + line.text.length() - text.length();
      lines.set(at, new Line(line.number, inner, text));
      return mapping(inner, depth + 1);
    }
    at++;
    require(at == lines.size() || lines.get(at).indent <= line.indent);
    return scalar(text);
  }

  private static Value scalar(String text) {
    return switch (text.charAt(0)) {
      case '\'' -> quoted(text, '\'');
      case '"' -> quoted(text, '"');
      case '[' -> flow(text);
      default -> plain(text);
    };
  }

  private static Value plain(String text) {
    require(isPlainStart(text) && !text.contains(": ") && !text.endsWith(":"));
    require(!text.contains(" #"));
    return PlainScalar.parse(text);
  }

  private static boolean isPlainStart(String text) {
    char first = text.charAt(0);
    if (first == '-' || first == '?' || first == ':') {
      return text.length() > 1 && text.charAt(1) != ' ';
    }
    return INDICATORS.indexOf(first) < 0;
  }

  /// A quoted text without escapes.
  private static Value quoted(String text, char quote) {
    var inner = text.substring(1, Math.max(1, text.length() - 1));
    require(text.length() > 1 && text.charAt(text.length() - 1) == quote);
    require(inner.indexOf(quote) < 0 && (quote == '\'' || inner.indexOf('\\') < 0));
    return new Text(inner);
  }

  /// A list such as `[a.csv, b]`.
  private static Value flow(String text) {
    require(text.endsWith("]"));
    var inner = text.substring(1, text.length() - 1).strip();
    var values = new ArrayList<Value>();
    if (!inner.isEmpty()) {
      for (var part : inner.split(",", -1)) {
        var item = part.strip();
        require(item.chars().allMatch(PlainDocument::isNameCharacter) && !item.isEmpty());
        require(isPlainStart(item));
        values.add(PlainScalar.parse(item));
      }
    }
    return new Items(values);
  }

  private static boolean isNameCharacter(int c) {
    return Character.isLetterOrDigit(c) || c == '.' || c == '_' || c == '/' || c == '-';
  }
}
