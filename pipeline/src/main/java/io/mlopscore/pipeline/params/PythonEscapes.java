package io.mlopscore.pipeline.params;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The backslashes of a Python string.
final class PythonEscapes {
  private static final Pattern ESCAPE =
      Pattern.compile(
          "\\\\(\\n|[0-7]{1,3}|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|N\\{[^}]*}|.)",
          Pattern.DOTALL);

  private PythonEscapes() {}

  static String in(String text) {
    if (text.indexOf('\\') < 0) {
      return text;
    }
    return ESCAPE
        .matcher(text)
        .replaceAll(found -> Matcher.quoteReplacement(character(found.group(1))));
  }

  private static String character(String escape) {
    return switch (escape.charAt(0)) {
      case '\n' -> "";
      case '\\', '\'', '"' -> escape;
      case 'a' -> "\u0007";
      case 'b' -> "\b";
      case 'f' -> "\f";
      case 'n' -> "\n";
      case 'r' -> "\r";
      case 't' -> "\t";
      case 'v' -> "\u000b";
      case '0', '1', '2', '3', '4', '5', '6', '7' -> code(escape, 8);
      case 'x', 'u', 'U' -> escape.length() > 1 ? code(escape.substring(1), 16) : "\\" + escape;
      case 'N' -> named(escape);
      default -> "\\" + escape;
    };
  }

  private static String code(String digits, int radix) {
    return Character.toString(Integer.parseInt(digits, radix));
  }

  private static String named(String escape) {
    return escape.length() > 2
        ? Character.toString(Character.codePointOf(escape.substring(2, escape.length() - 1)))
        : "\\" + escape;
  }
}
