package io.mlopscore.monitoring;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// Adds a label matcher to every selector of series of a PromQL query.
///
/// @param matcher such as `namespace="production"`
record Selectors(String matcher) {
  private static final Set<String> LABELS =
      Set.of("by", "without", "on", "ignoring", "group_left", "group_right");
  private static final Set<String> WORDS =
      Set.of("and", "or", "unless", "bool", "offset", "atan2", "inf", "nan");

  /// What is copied as it is: a text in quotes, a comment, a range, a number or duration.
  private static final Pattern COPIED =
      Pattern.compile(
          "\"(?:[^\"\\\\]|\\\\.)*\"|'(?:[^'\\\\]|\\\\.)*'|`[^`]*`|#[^\n]*|\\[[^]]*]|[0-9][0-9a-zA-Z_.]*");

  private static final Pattern WORD = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*");
  private static final Pattern BRACES =
      Pattern.compile("\\{(?:[^}\"'`]|\"(?:[^\"\\\\]|\\\\.)*\"|'(?:[^'\\\\]|\\\\.)*'|`[^`]*`)*}");
  private static final Pattern NEXT_IS_CALL =
      Pattern.compile("\\s*(\\(|(?:by|without)\\s*\\()", Pattern.CASE_INSENSITIVE);
  private static final Pattern LIST = Pattern.compile("\\s*\\([^)]*\\)");

  String narrow(String query) {
    var text = new StringBuilder();
    var copied = COPIED.matcher(query);
    var word = WORD.matcher(query);
    var braces = BRACES.matcher(query);
    var list = LIST.matcher(query);
    var call = NEXT_IS_CALL.matcher(query);
    for (int at = 0; at < query.length(); ) {
      int end = query.length();
      if (copied.region(at, end).lookingAt()) {
        text.append(copied.group());
        at = copied.end();
      } else if (braces.region(at, end).lookingAt()) {
        text.append(narrowed(braces.group()));
        at = braces.end();
      } else if (word.region(at, end).lookingAt()) {
        var name = word.group();
        text.append(name);
        at = word.end();
        if (LABELS.contains(name.toLowerCase(Locale.ROOT))) {
          if (list.region(at, end).lookingAt()) {
            text.append(list.group());
            at = list.end();
          }
        } else if (!WORDS.contains(name.toLowerCase(Locale.ROOT))
            && !call.region(at, end).lookingAt()
            && !braces.region(at, end).lookingAt()) {
          text.append('{').append(matcher).append('}');
        }
      } else {
        text.append(query.charAt(at++));
      }
    }
    return text.toString();
  }

  private String narrowed(String braces) {
    var inside = braces.substring(1);
    return "{" + matcher + (inside.equals("}") ? "" : ", ") + inside;
  }
}
