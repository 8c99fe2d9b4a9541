package io.mlopscore.tracking.http;

import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// A text in which `*` stands for any text and, where there is one, `?` for a character and `[...]`
/// for one of some, as in Python's fnmatch, which MLflow uses.
public record Wildcard(String text, Pattern pattern) {
  private static final Pattern PARTS = Pattern.compile("\\*|\\?|\\[(!?)([^\\]]+)]|.");

  public static Wildcard of(String text) {
    var expression = text.contains("*") ? expression(text) : Pattern.quote(text);
    return new Wildcard(text, Pattern.compile(expression));
  }

  private static String expression(String text) {
    var expression = new StringBuilder();
    PARTS
        .matcher(text)
        .results()
        .forEach(
            part ->
                expression.append(
                    switch (part.group()) {
                      case "*" -> ".*";
                      case "?" -> ".";
                      default -> part.group(2) == null ? Pattern.quote(part.group()) : oneOf(part);
                    }));
    return expression.toString();
  }

  private static String oneOf(MatchResult part) {
    var some =
        part.group(2)
            .replace("\\", "\\\\")
            .replace("[", "\\[")
            .replace("&", "\\&")
            .replace("^", "\\^");
    return "[" + (part.group(1).isEmpty() ? "" : "^") + some + "]";
  }

  boolean matches(String other) {
    return pattern.matcher(other).matches();
  }
}
