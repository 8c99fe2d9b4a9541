package io.mlopscore.pipeline.yaml;

/// Writes one string in the style DVC's library picks: unquoted where that reads back the same,
/// double-quoted where it holds a quote, a line break or a control character, else single-quoted;
/// folded once a line passes 80 columns.
final class ScalarText {
  private static final int WIDTH = 80;
  private static final String FIRST_INDICATORS = "#,[]{}&*!|>'\"%@`";

  private final StringBuilder out;
  private final int indent;
  private final boolean fold;
  private int column;

  /// @param indent the column where a continued line starts
  /// @param fold false for keys, which stay on one line
  ScalarText(StringBuilder out, int indent, boolean fold) {
    this.out = out;
    this.indent = indent;
    this.fold = fold;
    this.column = out.codePointCount(out.lastIndexOf("\n") + 1, out.length());
  }

  void write(String text) {
    if (plainAllowed(text)) {
      plain(text);
    } else if (text.indexOf('\'') >= 0 || needsEscapes(text)) {
      doubleQuoted(text.codePoints().toArray());
    } else {
      singleQuoted(text);
    }
  }

  private static boolean plainAllowed(String text) {
    return !text.isEmpty()
        && PlainScalar.staysText(text)
        && !text.startsWith("---")
        && !text.startsWith("...")
        && !text.startsWith(" ")
        && !text.endsWith(" ")
        && !startsWithIndicator(text)
        && !text.contains(": ")
        && !text.endsWith(":")
        && !text.contains(" #")
        && !needsEscapes(text);
  }

  private static boolean startsWithIndicator(String text) {
    char first = text.charAt(0);
    if (FIRST_INDICATORS.indexOf(first) >= 0) {
      return true;
    }
    boolean alone = text.length() == 1 || text.charAt(1) == ' ';
    return alone && (first == '-' || first == '?' || first == ':');
  }

  /// Whether some character can only be written as an escape.
  private static boolean needsEscapes(String text) {
    return text.codePoints().anyMatch(c -> !printable(c));
  }

  private static boolean printable(int c) {
    return (c >= 0x20 && c <= 0x7e)
        || (c >= 0xa0 && c <= 0xd7ff && c != 0x2028 && c != 0x2029)
        || (c >= 0xe000 && c <= 0xfffd && c != 0xfeff)
        || c >= 0x10000;
  }

  private void put(String text) {
    out.append(text);
    column += text.codePointCount(0, text.length());
  }

  private void newLine() {
    out.append('\n').repeat(' ', indent);
    column = indent;
  }

  private void plain(String text) {
    int at = 0;
    while (at < text.length()) {
      int end = endOfRun(text, at);
      var run = text.substring(at, end);
      if (run.charAt(0) != ' ') {
        // A word that does not fit gets a new line; the blank before it stays on the old one.
        boolean fits = column + run.codePointCount(0, run.length()) <= WIDTH;
        if (fold && !fits && column > indent) {
          newLine();
        }
        put(run);
      } else if (fold && run.length() == 1 && column >= WIDTH) {
        newLine();
      } else {
        put(run);
      }
      at = end;
    }
  }

  private void singleQuoted(String text) {
    put("'");
    int at = 0;
    while (at < text.length()) {
      int end = endOfRun(text, at);
      boolean inside = at > 0 && end < text.length();
      if (fold && inside && end == at + 1 && text.charAt(at) == ' ' && column > WIDTH) {
        newLine();
      } else {
        put(text.substring(at, end));
      }
      at = end;
    }
    put("'");
  }

  /// The end of the run of blanks, or of other characters, that starts at `at`.
  private static int endOfRun(String text, int at) {
    boolean blank = text.charAt(at) == ' ';
    int end = at + 1;
    while (end < text.length() && (text.charAt(end) == ' ') == blank) {
      end++;
    }
    return end;
  }

  private void doubleQuoted(int[] text) {
    put("\"");
    int start = 0;
    for (int i = 0; i < text.length; i++) {
      boolean escaped = text[i] == '"' || text[i] == '\\' || !printable(text[i]);
      if (escaped) {
        put(new String(text, start, i - start));
        put(escape(text[i]));
        start = i + 1;
      }
      boolean breakable = fold && i > 0 && i < text.length - 1 && (text[i] == ' ' || start >= i);
      if (breakable && column + (i - start) > WIDTH) {
        start = breakLine(text, start, i);
      }
    }
    put(new String(text, start, text.length - start));
    put("\"");
  }

  /// Ends the line before the character at `i`, or after it if it was escaped; a backslash keeps
  /// the reader from putting a blank where there is none.
  private int breakLine(int[] text, int start, int i) {
    boolean backslash = !blankBreaks(text, start, i);
    if (start < i) {
      put(new String(text, start, i - start));
    }
    int next = Math.max(start, i);
    if (backslash) {
      put("\\");
    }
    newLine();
    if (text[next] != ' ') {
      return next;
    }
    if (backslash) {
      put("\\");
      return next;
    }
    return next + 1;
  }

  /// Whether a bare line break at `i` reads back as the blank that stands there.
  private static boolean blankBreaks(int[] text, int start, int i) {
    int blank = indexOf(text, ' ', i, text.length);
    if (blank < 0) {
      return false;
    }
    int lineBreak = indexOf(text, '\n', i, blank);
    int stop = lineBreak < 0 ? blank : lineBreak;
    if (stop + 1 >= text.length || (text[stop] == '\n' && text[stop + 1] != ' ')) {
      return false;
    }
    return indexOf(text, '"', i, stop) < 0
        && indexOf(text, '\'', i, stop) < 0
        && text[stop + 1] != ' '
        && text[stop + 1] != '\n'
        && !(text[i - 1] == ' ' && text[i] == ' ')
        && start != i;
  }

  private static int indexOf(int[] text, int wanted, int from, int to) {
    for (int i = from; i < to; i++) {
      if (text[i] == wanted) {
        return i;
      }
    }
    return -1;
  }

  private static String escape(int c) {
    return switch (c) {
      case 0 -> "\\0";
      case 7 -> "\\a";
      case 8 -> "\\b";
      case 9 -> "\\t";
      case 10 -> "\\n";
      case 11 -> "\\v";
      case 12 -> "\\f";
      case 13 -> "\\r";
      case 27 -> "\\e";
      case '"' -> "\\\"";
      case '\\' -> "\\\\";
      case 0x85 -> "\\N";
      case 0x2028 -> "\\L";
      case 0x2029 -> "\\P";
      default -> c <= 0xff ? "\\x%02X".formatted(c) : "\\u%04X".formatted(c);
    };
  }
}
