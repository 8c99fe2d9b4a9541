package io.mlopscore.pipeline.params;

import io.mlopscore.pipeline.params.PythonToken.Literal;
import io.mlopscore.pipeline.params.PythonToken.Name;
import io.mlopscore.pipeline.params.PythonToken.Numeral;
import io.mlopscore.pipeline.yaml.Value;
import io.mlopscore.pipeline.yaml.Value.Bool;
import io.mlopscore.pipeline.yaml.Value.Int;
import io.mlopscore.pipeline.yaml.Value.Items;
import io.mlopscore.pipeline.yaml.Value.Mapping;
import io.mlopscore.pipeline.yaml.Value.Real;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// A constant of Python: a number with at most one sign, text, truth, `None`, and lists, tuples and
/// dicts of these. Tuples become lists, as DVC writes them.
final class PythonLiteral {
  /// What is no constant; it never leaves this class.
  private static final class NoConstant extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NoConstant() {
      super(null, null, false, false);
    }
  }

  private final List<PythonToken> tokens;
  private final Map<List<Value>, Span> places = new HashMap<>();
  private final List<Value> path = new ArrayList<>();
  private int at;

  PythonLiteral(List<PythonToken> expression) {
    this.tokens = expression;
  }

  /// Which words make up the value and the parts of it, by the keys and positions that lead there.
  Map<List<Value>, Span> places() {
    return places;
  }

  /// The value of an expression; empty when it is no constant of these kinds.
  Optional<Value> read() {
    try {
      var value = tuple("");
      places.put(List.of(), new Span(0, at));
      return at == tokens.size() ? Optional.of(value) : Optional.empty();
    } catch (NoConstant | NumberFormatException _) {
      return Optional.empty();
    }
  }

  private boolean next(String word) {
    return at < tokens.size() && tokens.get(at).is(word);
  }

  private boolean took(String word) {
    boolean found = next(word);
    at += found ? 1 : 0;
    return found;
  }

  /// One value, or several with commas as a list; up to `close`, which may be nothing.
  private Value tuple(String close) {
    int start = at;
    var first = value();
    if (!next(",")) {
      return first;
    }
    places.put(longer(Value.of(0)), new Span(start, at));
    var values = new ArrayList<>(List.of(first));
    while (took(",") && at < tokens.size() && !next(close)) {
      values.add(part(Value.of(values.size())));
    }
    return new Items(values);
  }

  private Value value() {
    if (at >= tokens.size()) {
      throw new NoConstant();
    }
    if (took("-")) {
      return negated(unsigned());
    }
    return took("+") ? unsigned() : atom();
  }

  private Value unsigned() {
    var value = atom();
    if (value instanceof Int || value instanceof Real) {
      return value;
    }
    throw new NoConstant();
  }

  private static Value negated(Value number) {
    return number instanceof Int(var integer)
        ? new Int(integer.negate())
        : new Real(-((Real) number).value());
  }

  private Value atom() {
    if (at >= tokens.size()) {
      throw new NoConstant();
    }
    return switch (tokens.get(at++)) {
      case Numeral(var text) -> number(text.replace("_", "").toLowerCase(Locale.ROOT));
      case Literal(var text) -> Value.of(text + moreText());
      case Name(var word) -> constant(word);
      case PythonToken open when open.is("(") ->
          closed(next(")") ? new Items(List.of()) : tuple(")"), ")");
      case PythonToken open when open.is("[") -> closed(list(), "]");
      case PythonToken open when open.is("{") -> closed(dict(), "}");
      case PythonToken _ -> throw new NoConstant();
    };
  }

  private String moreText() {
    var more = new StringBuilder();
    while (at < tokens.size() && tokens.get(at) instanceof Literal(var text)) {
      more.append(text);
      at++;
    }
    return more.toString();
  }

  private static Value constant(String word) {
    return switch (word) {
      case "True" -> new Bool(true);
      case "False" -> new Bool(false);
      case "None" -> Value.none();
      default -> throw new NoConstant();
    };
  }

  private static Value number(String text) {
    if (text.endsWith("j")) {
      throw new NoConstant();
    }
    if (text.length() > 1
        && text.charAt(0) == '0'
        && Character.isLetter(text.charAt(1))
        && text.charAt(1) != 'e') {
      int radix = text.charAt(1) == 'x' ? 16 : text.charAt(1) == 'o' ? 8 : 2;
      return new Int(new BigInteger(text.substring(2), radix));
    }
    boolean integer = text.chars().allMatch(Character::isDigit);
    return integer ? new Int(new BigInteger(text)) : new Real(Double.parseDouble(text));
  }

  private Value closed(Value value, String close) {
    if (!took(close)) {
      throw new NoConstant();
    }
    return value;
  }

  private Value list() {
    var values = new ArrayList<Value>();
    while (!next("]")) {
      values.add(part(Value.of(values.size())));
      if (!took(",")) {
        break;
      }
    }
    return new Items(values);
  }

  private List<Value> longer(Value step) {
    var longer = new ArrayList<>(path);
    longer.add(step);
    return List.copyOf(longer);
  }

  private Value part(Value step) {
    path.add(step);
    int start = at;
    var value = value();
    places.put(List.copyOf(path), new Span(start, at));
    path.removeLast();
    return value;
  }

  private Value dict() {
    var entries = new LinkedHashMap<Value, Value>();
    while (!next("}")) {
      var key = value();
      if (!took(":")) {
        throw new NoConstant();
      }
      entries.put(key, part(key));
      if (!took(",")) {
        break;
      }
    }
    return new Mapping(entries);
  }
}
