package io.mlopscore.pipeline.experiments;

import java.util.ArrayList;
import java.util.List;

/// Keeps comments behind changed values in their column, as DVC does.
final class CommentColumns {
  private CommentColumns() {}

  static String keep(String before, String after) {
    var old = List.of(before.split("\n", -1));
    var lines = new ArrayList<>(List.of(after.split("\n", -1)));
    if (old.size() != lines.size()) {
      return after;
    }
    for (int i = 0; i < lines.size(); i++) {
      if (!old.get(i).equals(lines.get(i))) {
        lines.set(i, aligned(old.get(i), lines.get(i)));
      }
    }
    return String.join("\n", lines);
  }

  private static String aligned(String old, String line) {
    int column = old.lastIndexOf(" #") + 1;
    if (column == 0 || !line.endsWith(old.substring(column))) {
      return line;
    }
    var comment = old.substring(column);
    var value = line.substring(0, line.length() - comment.length()).stripTrailing();
    return value + " ".repeat(Math.max(1, column - value.length())) + comment;
  }
}
