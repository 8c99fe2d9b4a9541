package io.mlopscore.pipeline.experiments;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;

import java.util.stream.Stream;

/// Keeps comments behind changed values in their column, as DVC does.
final class CommentColumns {
  private CommentColumns() {}

  static String keep(String before, String after) {
    var old = before.lines().collect(toMap(CommentColumns::key, line -> line, (first, _) -> first));
    return Stream.of(after.split("\n", -1))
        .map(line -> aligned(old.getOrDefault(key(line), line), line))
        .collect(joining("\n"));
  }

  /// A line up to its colon, with its indentation; other lines are their own key.
  private static String key(String line) {
    int colon = line.indexOf(':');
    return colon < 0 ? line : line.substring(0, colon);
  }

  private static String aligned(String old, String line) {
    int column = old.lastIndexOf(" #") + 1;
    if (old.equals(line) || column == 0 || !line.endsWith(old.substring(column))) {
      return line;
    }
    var comment = old.substring(column);
    var value = line.substring(0, line.length() - comment.length()).stripTrailing();
    return value + " ".repeat(Math.max(1, column - value.length())) + comment;
  }
}
