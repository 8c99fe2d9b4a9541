package io.mlopscore.tracking.search;

import java.util.ArrayList;
import java.util.List;

/// Cuts a filter into tokens where MLflow's SQL lexer cuts it.
final class Tokenizer {
  private final String text;
  private int position;

  private Tokenizer(String text) {
    this.text = text;
  }

  static List<Token> tokens(String text) {
    return new Tokenizer(text).all();
  }

  private List<Token> all() {
    var tokens = new ArrayList<Token>();
    while (skipBlanks()) {
      var start = position;
      var type = next();
      tokens.add(new Token(type, text.substring(start, position), start));
    }
    return tokens;
  }

  private boolean skipBlanks() {
    while (position < text.length() && Character.isWhitespace(text.charAt(position))) {
      position++;
    }
    return position < text.length();
  }

  private Token.Type next() {
    return switch (text.charAt(position)) {
      case '\'' -> quoted('\'') ? Token.Type.TEXT : one(Token.Type.OTHER);
      case '(' -> one(Token.Type.OPEN);
      case ')' -> one(Token.Type.CLOSE);
      case ',' -> one(Token.Type.COMMA);
      case '<', '>', '=', '!' -> comparator();
      default -> number() ? Token.Type.NUMBER : name() ? Token.Type.NAME : one(Token.Type.OTHER);
    };
  }

  private Token.Type one(Token.Type type) {
    position++;
    return type;
  }

  private Token.Type comparator() {
    while (position < text.length() && "<>=!".indexOf(text.charAt(position)) >= 0) {
      position++;
    }
    return Token.Type.COMPARATOR;
  }

  /// Quotes may be doubled or escaped inside; if no other ends the text, such a one does.
  private boolean quoted(char quote) {
    var fallback = -1;
    var at = position + 1;
    while (at < text.length()) {
      var here = text.charAt(at);
      var quoteFollows = at + 1 < text.length() && text.charAt(at + 1) == quote;
      if (here == '\\' && quoteFollows) {
        fallback = at + 2;
        at += 2;
      } else if (here == quote && quoteFollows) {
        fallback = at + 1;
        at += 2;
      } else if (here == quote) {
        position = at + 1;
        return true;
      } else {
        at++;
      }
    }
    position = fallback < 0 ? position : fallback;
    return fallback >= 0;
  }

  /// `1`, `-1.5e3`, `.5`, `1.`
  private boolean number() {
    var at = text.charAt(position) == '-' ? position + 1 : position;
    var digits = skipDigits(at);
    var end = digits;
    if (end < text.length() && text.charAt(end) == '.') {
      end = skipDigits(end + 1);
    }
    if (end == at || (end == at + 1 && digits == at)) {
      return false;
    }
    end = skipExponent(end);
    if (end < text.length() && isNamePart(text.charAt(end))) {
      return false;
    }
    position = end;
    return true;
  }

  private int skipExponent(int at) {
    if (at < text.length() && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
      var signed = at + 1 < text.length() && "+-".indexOf(text.charAt(at + 1)) >= 0;
      var end = skipDigits(at + (signed ? 2 : 1));
      return end > at + (signed ? 2 : 1) ? end : at;
    }
    return at;
  }

  private int skipDigits(int at) {
    var end = at;
    while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
      end++;
    }
    return end;
  }

  private boolean name() {
    if (!part()) {
      return false;
    }
    while (position + 1 < text.length() && text.charAt(position) == '.') {
      position++;
      if (!part()) {
        position--;
        return true;
      }
    }
    return true;
  }

  private boolean part() {
    var first = text.charAt(position);
    if (first == '`' || first == '"') {
      return closed(first);
    }
    var start = position;
    while (position < text.length() && isNamePart(text.charAt(position))) {
      position++;
    }
    return hasLetter(start);
  }

  private boolean closed(char quote) {
    var end = text.indexOf(quote, position + 1);
    if (end < 0) {
      return false;
    }
    position = end + 1;
    return true;
  }

  private boolean hasLetter(int start) {
    for (var at = start; at < position; at++) {
      if (!Character.isDigit(text.charAt(at))) {
        return true;
      }
    }
    position = start;
    return false;
  }

  private static boolean isNamePart(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || Character.isSurrogate(c);
  }
}
