package io.mlopscore.pipeline.ignore;

import java.util.ArrayList;
import java.util.List;

/// Turns a pattern of `.gitignore` into a regular expression for paths with `/` that are relative
/// to the directory of the pattern.
final class Glob {
  /// The pattern cannot be read; the message says why.
  static final class Malformed extends Exception {
    private static final long serialVersionUID = 1L;

    Malformed(String message) {
      super(message);
    }
  }

  private final StringBuilder regex = new StringBuilder();

  private Glob() {}

  /// The parts of a pattern between slashes. A single name holds at any depth, which is written as
  /// a leading `**`; a slash at the end is written as a `**` there.
  static List<String> segments(String pattern) throws Malformed {
    var segments = new ArrayList<>(List.of(pattern.split("/", -1)));
    boolean single = segments.size() == 1 || (segments.size() == 2 && segments.get(1).isEmpty());
    if (segments.getFirst().isEmpty()) {
      segments.removeFirst();
    } else if (single && !segments.getFirst().equals("**")) {
      segments.addFirst("**");
    }
    if (segments.isEmpty()) {
      throw new Malformed("there is nothing to match");
    }
    if (segments.getLast().isEmpty()) {
      segments.set(segments.size() - 1, "**");
    }
    for (int i = segments.size() - 1; i > 0; i--) {
      if (segments.get(i).equals("**") && segments.get(i - 1).equals("**")) {
        segments.remove(i);
      }
    }
    return segments;
  }

  /// @param rest what follows the last segment when it is `**`
  /// @param end what follows the last segment when it is a name
  static String regex(List<String> segments, String rest, String end) throws Malformed {
    var glob = new Glob();
    boolean slash = false;
    for (int i = 0; i < segments.size(); i++) {
      var segment = segments.get(i);
      boolean last = i == segments.size() - 1;
      if (segment.equals("**")) {
        glob.regex.append(last ? rest : i == 0 ? "(?:.+/)?" : "(?:/.+)?");
        slash = i > 0;
        continue;
      }
      if (slash) {
        glob.regex.append('/');
      }
      glob.name(segment);
      if (last) {
        glob.regex.append(end);
      }
      slash = true;
    }
    return glob.regex.toString();
  }

  private void name(String segment) throws Malformed {
    if (segment.equals("*")) {
      regex.append("[^/]+");
      return;
    }
    int at = 0;
    while (at < segment.length()) {
      char c = segment.charAt(at);
      at =
          switch (c) {
            case '\\' -> escaped(segment, at + 1);
            case '*' -> append("[^/]*", at + 1);
            case '?' -> append("[^/]", at + 1);
            case '[' -> bracket(segment, at + 1);
            default -> append(quoted(c), at + 1);
          };
    }
  }

  private int append(String text, int next) {
    regex.append(text);
    return next;
  }

  private int escaped(String segment, int at) throws Malformed {
    if (at == segment.length()) {
      throw new Malformed("it ends with a backslash that has nothing to escape");
    }
    return append(quoted(segment.charAt(at)), at + 1);
  }

  /// A set of characters; a backslash in it stands for itself, a `]` at the start too. One without
  /// end makes the whole pattern match nothing, as in git.
  private int bracket(String segment, int start) {
    int at = start;
    boolean negated = at < segment.length() && "!^".indexOf(segment.charAt(at)) >= 0;
    if (negated) {
      at++;
    }
    int close = segment.indexOf(']', at + 1);
    if (close < 0) {
      return append("(?!)", segment.length());
    }
    regex.append(negated ? "[^" : "[");
    for (int i = at; i < close; i++) {
      char c = segment.charAt(i);
      regex.append(c == '-' ? "-" : quoted(c));
    }
    regex.append(']');
    return close + 1;
  }

  private static String quoted(char c) {
    boolean plain = Character.isLetterOrDigit(c) || c > 0x7f || c == '_';
    return plain ? String.valueOf(c) : "\\" + c;
  }
}
