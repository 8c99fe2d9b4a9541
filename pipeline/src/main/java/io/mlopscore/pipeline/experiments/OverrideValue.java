package io.mlopscore.pipeline.experiments;

import static java.util.stream.Collectors.joining;

import io.mlopscore.pipeline.experiments.OverrideParser.Choices;
import io.mlopscore.pipeline.yaml.Value;
import io.mlopscore.pipeline.yaml.Value.Items;
import io.mlopscore.pipeline.yaml.Value.Mapping;
import io.mlopscore.pipeline.yaml.Value.Text;
import io.mlopscore.pipeline.yaml.YamlReader;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// Reads the right side of an override: a value, or several of a sweep.
final class OverrideValue {
  private static final Pattern INTEGER = Pattern.compile("[+-]?(0|[1-9][0-9]*(_[0-9]+)*)");
  private static final Pattern REAL =
      Pattern.compile(
          "[+-]?(([0-9][0-9_]*)?\\.[0-9][0-9_]*|[0-9][0-9_]*\\.|[0-9][0-9_]*(?=[eE]))([eE][+-]?[0-9][0-9_]*)?");
  private static final Pattern FUNCTION =
      Pattern.compile("[A-Za-z_][A-Za-z0-9_]*\\(.*", Pattern.DOTALL);
  private static final String ENDS = ",]})";
  private static final String ESCAPED = "\\()[]{}:=, \t";

  private final String whole;
  private final String text;
  private int at;

  /// @param whole the override, for messages
  OverrideValue(String whole, String text) {
    this.whole = whole;
    this.text = text;
  }

  Choices read() {
    skipBlanks();
    if (at == text.length()) {
      return new Choices(List.of(new Text("")), false);
    }
    var first = element();
    var all = new ArrayList<>(first.choices());
    boolean several = false;
    while (at < text.length() && text.charAt(at) == ',') {
      at++;
      several = true;
      all.addAll(element().choices());
    }
    if (at < text.length()) {
      throw bad("'" + text.charAt(at) + "' is out of place; quote the value or put \\ before it");
    }
    return new Choices(all, several || first.sweep());
  }

  /// A value as it would be typed.
  static String text(Value value) {
    return switch (value) {
      case Text(var string) -> string;
      case Items(var items) ->
          items.stream().map(OverrideValue::text).collect(joining(",", "[", "]"));
      case Mapping mapping ->
          mapping.entries().entrySet().stream()
              .map(entry -> text(entry.getKey()) + ":" + text(entry.getValue()))
              .collect(joining(",", "{", "}"));
      case Value other -> YamlReader.text(other);
    };
  }

  private Choices element() {
    skipBlanks();
    if (at == text.length()) {
      throw bad("a value is missing at the end");
    }
    var found =
        switch (text.charAt(at)) {
          case '[' -> one(list());
          case '{' -> one(mapping());
          case '\'', '"' -> one(new Text(quoted()));
          default ->
              FUNCTION.matcher(text.substring(at)).matches() ? function() : one(plain(false));
        };
    skipBlanks();
    return found;
  }

  private static Choices one(Value value) {
    return new Choices(List.of(value), false);
  }

  private Value value() {
    var read = element();
    if (read.sweep()) {
      throw bad("a sweep must stand by itself");
    }
    return read.choices().getFirst();
  }

  private Items list() {
    at++;
    return new Items(until(']'));
  }

  private List<Value> until(char end) {
    var values = new ArrayList<Value>();
    skipBlanks();
    while (peek() != end) {
      values.add(value());
      separator(end);
    }
    at++;
    return values;
  }

  private Mapping mapping() {
    at++;
    var entries = new LinkedHashMap<Value, Value>();
    skipBlanks();
    while (peek() != '}') {
      boolean quoted = peek() == '"' || peek() == '\'';
      var key = quoted ? new Text(quoted()) : plain(true);
      skipBlanks();
      expect(':');
      entries.put(key, value());
      separator('}');
      skipBlanks();
    }
    at++;
    return new Mapping(entries);
  }

  private void separator(char end) {
    skipBlanks();
    if (peek() != end) {
      expect(',');
      skipBlanks();
    }
  }

  private Choices function() {
    int open = text.indexOf('(', at);
    var name = text.substring(at, open);
    at = open + 1;
    var call = new OverrideFunction(whole, name);
    skipBlanks();
    while (peek() != ')') {
      argument(call);
      separator(')');
    }
    at++;
    return call.result();
  }

  private void argument(OverrideFunction call) {
    var named = Pattern.compile("([A-Za-z_]+)\\s*=").matcher(text).region(at, text.length());
    if (named.lookingAt()) {
      at = named.end();
      call.option(named.group(1), value());
    } else {
      call.argument(element());
    }
  }

  private String quoted() {
    char quote = text.charAt(at++);
    var out = new StringBuilder();
    while (peek() != quote) {
      char c = text.charAt(at++);
      boolean escape = c == '\\' && at < text.length() && (peek() == quote || peek() == '\\');
      out.append(escape ? text.charAt(at++) : c);
    }
    at++;
    return out.toString();
  }

  private Value plain(boolean isKey) {
    var out = new StringBuilder();
    int solid = 0;
    boolean literal = true;
    while (at < text.length() && ENDS.indexOf(text.charAt(at)) < 0) {
      char c = text.charAt(at);
      if (isKey && c == ':') {
        break;
      }
      if ("'\"([{=".indexOf(c) >= 0) {
        throw bad("'" + c + "' is out of place; quote the value or put \\ before it");
      }
      at++;
      if (c == '\\' && at < text.length() && ESCAPED.indexOf(text.charAt(at)) >= 0) {
        out.append(text.charAt(at++));
        literal = false;
        solid = out.length();
      } else {
        out.append(c);
        solid = Character.isWhitespace(c) ? solid : out.length();
      }
    }
    if (solid == 0) {
      throw bad("a value is missing");
    }
    var string = out.substring(0, solid);
    return literal ? typed(string) : new Text(string);
  }

  private Value typed(String string) {
    if (string.startsWith("${")) {
      throw bad("references such as ${x} are not filled in; quote the text to keep it as it is");
    }
    return switch (string.toLowerCase(Locale.ROOT)) {
      case "null" -> Value.none();
      case "true" -> new Value.Bool(true);
      case "false" -> new Value.Bool(false);
      case "inf", "+inf" -> new Value.Real(Double.POSITIVE_INFINITY);
      case "-inf" -> new Value.Real(Double.NEGATIVE_INFINITY);
      case "nan", "+nan", "-nan" -> new Value.Real(Double.NaN);
      default -> number(string);
    };
  }

  static Value number(String string) {
    var digits = string.replace("_", "");
    if (INTEGER.matcher(string).matches()) {
      return new Value.Int(new BigInteger(digits));
    }
    return REAL.matcher(string).matches()
        ? new Value.Real(Double.parseDouble(digits))
        : new Text(string);
  }

  private char peek() {
    if (at >= text.length()) {
      throw bad("it ends too early: a bracket or quote is not closed");
    }
    return text.charAt(at);
  }

  private void expect(char c) {
    if (peek() != c) {
      throw bad("'%s' expected before '%s'".formatted(c, text.substring(at)));
    }
    at++;
  }

  private void skipBlanks() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private RuntimeException bad(String why) {
    return OverrideParser.bad(whole, why);
  }
}
