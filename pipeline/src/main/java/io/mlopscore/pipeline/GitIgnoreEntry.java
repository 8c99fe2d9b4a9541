package io.mlopscore.pipeline;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/// The line that keeps an output out of git, when it is no longer wanted.
final class GitIgnoreEntry {
  private static final Pattern SPECIAL = Pattern.compile("([\\\\*?\\[\\]!#])");

  private GitIgnoreEntry() {}

  /// Removes the entries of an output, as written and with its special characters escaped; a file
  /// that is empty then goes.
  ///
  /// @return the file that was changed or removed
  static Optional<Path> remove(Path output) throws IOException {
    var file = output.resolveSibling(".gitignore");
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    var text = Files.readString(file, StandardCharsets.UTF_8);
    var entry = "/" + output.getFileName();
    return rewritten(file, text, without(text, entry));
  }

  private static String without(String text, String entry) {
    var kept = new StringBuilder();
    int start = 0;
    while (start < text.length()) {
      int end = text.indexOf('\n', start);
      int next = end < 0 ? text.length() : end + 1;
      var line = text.substring(start, next).strip();
      if (!line.equals(entry) && !line.equals(escaped(entry))) {
        kept.append(text, start, next);
      }
      start = next;
    }
    return kept.toString();
  }

  private static String escaped(String entry) {
    return SPECIAL.matcher(entry).replaceAll("\\\\$1");
  }

  private static Optional<Path> rewritten(Path file, String before, String after)
      throws IOException {
    if (after.equals(before)) {
      return Optional.empty();
    }
    if (after.isEmpty()) {
      Files.delete(file);
    } else {
      WholeFile.write(file, after);
    }
    return Optional.of(file);
  }
}
