package io.mlopscore.pipeline.params;

import io.mlopscore.pipeline.params.PythonToken.Dedent;
import io.mlopscore.pipeline.params.PythonToken.Indent;
import io.mlopscore.pipeline.params.PythonToken.Name;
import io.mlopscore.pipeline.params.PythonToken.NewLine;
import io.mlopscore.pipeline.yaml.Value;
import io.mlopscore.pipeline.yaml.Value.Mapping;
import io.mlopscore.pipeline.yaml.YamlException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads the constants of a Python module without running it: `NAME = constant`, those in classes
/// as nested mappings, and `self.name = constant` in `__init__`. Anything else is left out, as DVC
/// does, which includes statements inside `if` and the like.
public final class PythonParams {
  private final List<PythonToken> tokens;
  private final List<Span> spans;
  private final Map<List<Value>, Span> places = new HashMap<>();
  private final List<Value> classes = new ArrayList<>();
  private int at;

  private PythonParams(PythonLexer.Words words) {
    this.tokens = words.tokens();
    this.spans = words.spans();
  }

  /// @param name stands for the text in messages
  /// @throws YamlException when a string or bracket is not closed
  public static Value read(String text, String name) {
    return new Mapping(new PythonParams(PythonLexer.words(text, name)).block(false));
  }

  /// Where constants stand and the parts of them, by the names, keys and positions that lead there.
  ///
  /// @param text without a byte order mark
  static Map<List<Value>, Span> places(String text, String name) {
    var reader = new PythonParams(PythonLexer.words(text, name));
    reader.block(false);
    return reader.places;
  }

  /// The constants up to the end of the indented block.
  private Map<Value, Value> block(boolean ofSelf) {
    var found = new LinkedHashMap<Value, Value>();
    while (at < tokens.size() && !(tokens.get(at) instanceof Dedent)) {
      if (tokens.get(at) instanceof Indent) {
        skipBlock();
      } else if (tokens.get(at).is("class") && tokens.get(at + 1) instanceof Name(var name)) {
        classes.add(Value.of(name));
        found.put(Value.of(name), new Mapping(body(false)));
        classes.removeLast();
      } else if (tokens.get(at).is("def") && tokens.get(at + 1).is("__init__")) {
        found.putAll(body(true));
      } else {
        line(found, ofSelf);
      }
    }
    return found;
  }

  private void skipBlock() {
    int depth = 0;
    do {
      depth += tokens.get(at) instanceof Indent ? 1 : 0;
      depth -= tokens.get(at) instanceof Dedent ? 1 : 0;
      at++;
    } while (depth > 0 && at < tokens.size());
  }

  /// What stands below a header, or behind it on the same line.
  private Map<Value, Value> body(boolean ofSelf) {
    int depth = 0;
    while (!(tokens.get(at) instanceof NewLine) && !(depth == 0 && tokens.get(at).is(":"))) {
      depth += depthOf(tokens.get(at));
      at++;
    }
    at++;
    var found = new LinkedHashMap<Value, Value>();
    if (at < tokens.size() && tokens.get(at) instanceof NewLine) {
      at++;
    } else {
      line(found, ofSelf);
      return found;
    }
    if (at < tokens.size() && tokens.get(at) instanceof Indent) {
      at++;
      found.putAll(block(ofSelf));
      at++;
    }
    return found;
  }

  private static int depthOf(PythonToken token) {
    if (token.is("(") || token.is("[") || token.is("{")) {
      return 1;
    }
    return token.is(")") || token.is("]") || token.is("}") ? -1 : 0;
  }

  /// The statements of one line.
  private void line(Map<Value, Value> found, boolean ofSelf) {
    int start = at;
    while (!(tokens.get(at) instanceof NewLine)) {
      if (tokens.get(at).is(";")) {
        assignment(start, found, ofSelf);
        start = at + 1;
      }
      at++;
    }
    assignment(start, found, ofSelf);
    at++;
  }

  /// That of the words from `start` up to here.
  private void assignment(int start, Map<Value, Value> found, boolean ofSelf) {
    var statement = tokens.subList(start, at);
    int equals = only(statement, "=");
    if (equals < 0) {
      return;
    }
    int colon = only(statement.subList(0, equals), ":");
    var target = statement.subList(0, colon < 0 ? equals : colon);
    var name = name(target, ofSelf);
    if (!name.isEmpty()) {
      var literal = new PythonLiteral(statement.subList(equals + 1, statement.size()));
      literal
          .read()
          .ifPresent(
              value -> {
                found.put(Value.of(name), value);
                place(Value.of(name), start + equals + 1, literal.places());
              });
    }
  }

  private void place(Value name, int start, Map<List<Value>, Span> parts) {
    parts.forEach(
        (steps, words) -> {
          var path = new ArrayList<>(classes);
          path.add(name);
          path.addAll(steps);
          int from = spans.get(start + words.start()).start();
          places.put(List.copyOf(path), new Span(from, spans.get(start + words.end() - 1).end()));
        });
  }

  /// Where a word stands outside of brackets; -1 when it does so never or several times.
  private static int only(List<PythonToken> statement, String word) {
    int found = -1;
    int depth = 0;
    for (int i = 0; i < statement.size(); i++) {
      depth += depthOf(statement.get(i));
      if (depth == 0 && statement.get(i).is(word)) {
        if (found >= 0) {
          return -1;
        }
        found = i;
      }
    }
    return found;
  }

  private static String name(List<PythonToken> target, boolean ofSelf) {
    if (target.size() == 1 && target.getFirst() instanceof Name(var name) && !ofSelf) {
      return name;
    }
    boolean self = target.size() == 3 && target.getFirst().is("self") && target.get(1).is(".");
    return self && target.get(2) instanceof Name(var name) ? name : "";
  }
}
