package io.mlopscore.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/// A file of `NAME=value` lines that stand in for variables of the environment which are not set.
final class EnvFile {
  private EnvFile() {}

  /// @return the environment with what the file adds
  static Map<String, String> over(Map<String, String> environment, Path file) throws IOException {
    var all = new HashMap<String, String>();
    for (var line : Files.readAllLines(file)) {
      var text = line.strip().replaceFirst("^export\\s+", "");
      var equals = text.indexOf('=');
      if (!text.startsWith("#") && equals > 0) {
        all.put(text.substring(0, equals).strip(), unquoted(text.substring(equals + 1).strip()));
      }
    }
    all.putAll(environment);
    return all;
  }

  private static String unquoted(String value) {
    var quote = value.isEmpty() ? ' ' : value.charAt(0);
    var quoted = (quote == '"' || quote == '\'') && value.length() > 1;
    return quoted && value.charAt(value.length() - 1) == quote
        ? value.substring(1, value.length() - 1)
        : value;
  }
}
