package io.mlopscore.tracking.search;

import java.util.Locale;

/// A word of a filter.
///
/// @param text as it was written, with its quotes
/// @param start where in the filter it begins
record Token(Type type, String text, int start) {
  /// What a token can be.
  enum Type {
    /// A name, perhaps with dots and quoted parts: ``params.`a b` ``.
    NAME,
    /// Text in single quotes.
    TEXT,
    NUMBER,
    COMPARATOR,
    OPEN,
    CLOSE,
    COMMA,
    /// What has no place in a filter.
    OTHER
  }

  boolean is(String keyword) {
    return type == Type.NAME && text.equalsIgnoreCase(keyword);
  }

  /// A text value: single quotes, or a name that is nothing but double quotes.
  boolean isText() {
    return type == Type.TEXT || (isQuoted('"') && text.indexOf('"', 1) == text.length() - 1);
  }

  boolean isQuoted(char quote) {
    return text.length() >= 2 && text.charAt(0) == quote && text.charAt(text.length() - 1) == quote;
  }

  int end() {
    return start + text.length();
  }

  String withoutQuotes() {
    return text.substring(1, text.length() - 1);
  }

  String upper() {
    return text.toUpperCase(Locale.ROOT);
  }
}
