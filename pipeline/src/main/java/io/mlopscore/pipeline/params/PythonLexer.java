package io.mlopscore.pipeline.params;

import io.mlopscore.pipeline.yaml.YamlException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;

/// Splits Python text into words; line ends and indentation count outside of brackets only.
final class PythonLexer {
  private static final int MAX_BRACKETS = 200;
  private static final Pattern NUMBER =
      Pattern.compile(
          "0[xX][0-9a-fA-F_]+|0[oO][0-7_]+|0[bB][01_]+"
              + "|(?:[0-9][0-9_]*\\.?[0-9_]*|\\.[0-9][0-9_]*)(?:[eE][-+]?[0-9_]+)?[jJ]?");
  private static final Pattern NAME =
      Pattern.compile("[\\p{L}\\p{Nl}_][\\p{L}\\p{Nl}\\p{Mn}\\p{Mc}\\p{Nd}\\p{Pc}]*");
  private static final Pattern STRING = Pattern.compile("([a-zA-Z]{0,2})('''|\"\"\"|'|\")");
  private static final Pattern OPERATOR =
      Pattern.compile(
          "\\*\\*=|//=|>>=|<<=|\\.\\.\\.|[-+*/%&|^@=!<>:]=|->|\\*\\*|//|<<|>>|[^\\s\\w]");

  private final String text;
  private final String name;
  private final List<PythonToken> tokens = new ArrayList<>();
  private final List<Span> spans = new ArrayList<>();
  private final Deque<Integer> indents = new ArrayDeque<>(List.of(0));
  private int at;
  private int brackets;

  private PythonLexer(String text, String name) {
    this.text = text.startsWith("\ufeff") ? text.substring(1) : text;
    this.name = name;
  }

  /// Words and where each of them stands; a byte order mark before the text does not count.
  record Words(List<PythonToken> tokens, List<Span> spans) {}

  /// @throws YamlException when a string or bracket is not closed
  static Words words(String text, String name) {
    var lexer = new PythonLexer(text, name);
    while (lexer.at < lexer.text.length()) {
      lexer.line();
    }
    if (lexer.brackets > 0) {
      throw lexer.broken("a bracket is not closed");
    }
    lexer.indent(0);
    return new Words(lexer.tokens, lexer.spans);
  }

  /// Takes up a word that ends at `end`.
  private void add(PythonToken token, int end) {
    tokens.add(token);
    spans.add(new Span(at, end));
    at = end;
  }

  private YamlException broken(String what) {
    long line = text.substring(0, Math.min(at, text.length())).lines().count();
    return new YamlException("%s:%d: not valid Python: %s".formatted(name, line, what));
  }

  /// One line with those that continue it; blank ones do not count.
  private void line() {
    int column = 0;
    for (; at < text.length() && " \t\f".indexOf(text.charAt(at)) >= 0; at++) {
      column = text.charAt(at) == '\t' ? (column / 8 + 1) * 8 : column + 1;
    }
    if (at >= text.length() || "\r\n#".indexOf(text.charAt(at)) >= 0) {
      skipLine();
      return;
    }
    indent(column);
    while (at < text.length() && !(text.charAt(at) == '\n' && brackets == 0)) {
      word();
    }
    add(new PythonToken.NewLine(), at);
    at++;
  }

  private void indent(int column) {
    if (column > indents.getFirst()) {
      indents.push(column);
      add(new PythonToken.Indent(), at);
    }
    while (column < indents.getFirst()) {
      indents.pop();
      add(new PythonToken.Dedent(), at);
    }
    if (column != indents.getFirst()) {
      throw broken("the indentation fits no line above");
    }
  }

  private void skipLine() {
    int end = text.indexOf('\n', at);
    at = end < 0 ? text.length() : end + 1;
  }

  private void word() {
    char c = text.charAt(at);
    if (Character.isWhitespace(c)) {
      at++;
    } else if (c == '#') {
      int end = text.indexOf('\n', at);
      at = end < 0 ? text.length() : end;
    } else if (c == '\\') {
      at += text.startsWith("\r\n", at + 1) ? 3 : 2;
    } else if (!string() && !number(c) && !name()) {
      operator();
    }
  }

  private boolean number(char c) {
    boolean starts =
        Character.isDigit(c)
            || (c == '.' && at + 1 < text.length() && Character.isDigit(text.charAt(at + 1)));
    var number = NUMBER.matcher(text).region(at, text.length());
    if (!starts || !number.lookingAt()) {
      return false;
    }
    add(new PythonToken.Numeral(number.group()), number.end());
    return true;
  }

  private boolean name() {
    var word = NAME.matcher(text).region(at, text.length());
    if (!word.lookingAt()) {
      return false;
    }
    add(new PythonToken.Name(word.group()), word.end());
    return true;
  }

  private void operator() {
    var operator = OPERATOR.matcher(text).region(at, text.length());
    if (!operator.lookingAt()) {
      throw broken("unexpected character");
    }
    var word = operator.group();
    brackets += "([{".contains(word) ? 1 : 0;
    brackets -= ")]}".contains(word) ? 1 : 0;
    if (brackets < 0 || brackets > MAX_BRACKETS) {
      throw broken(brackets < 0 ? "a bracket is closed twice" : "brackets are nested too deeply");
    }
    add(new PythonToken.Operator(word), operator.end());
  }

  private boolean string() {
    var start = STRING.matcher(text).region(at, text.length());
    if (!start.lookingAt()) {
      return false;
    }
    var prefix = start.group(1).toLowerCase(java.util.Locale.ROOT);
    var quote = start.group(2);
    int from = start.end();
    int end = from;
    while (!text.startsWith(quote, end)) {
      end += end < text.length() && text.charAt(end) == '\\' ? 2 : 1;
      boolean lineEnds =
          quote.length() == 1
              && end <= text.length()
              && text.charAt(end - 1) == '\n'
              && text.charAt(end - 2) != '\\';
      if (end >= text.length() || lineEnds) {
        throw broken("a string is not closed");
      }
    }
    boolean opaque = prefix.contains("f") || prefix.contains("b") || prefix.contains("t");
    var inside = text.substring(from, end).replace("\r\n", "\n");
    add(
        opaque
            ? new PythonToken.Opaque()
            : new PythonToken.Literal(prefix.contains("r") ? inside : PythonEscapes.in(inside)),
        end + quote.length());
    return true;
  }
}
