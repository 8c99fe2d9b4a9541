package io.mlopscore.app;

import io.mlopscore.tracking.ErrorCode;
import io.mlopscore.tracking.Secret;
import io.mlopscore.tracking.TrackingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The section `[mlflow]` of a `basic_auth.ini`.
record AuthFile(String name, Map<String, String> values) {
  private static final Pattern PAIR = Pattern.compile("([^=:]+?)\\s*[=:]\\s*(.*)");

  /// @param path null for none, so that everything has its default
  static AuthFile read(@Nullable String path, Path directory) throws IOException {
    if (path == null || path.isBlank()) {
      return new AuthFile("basic_auth.ini", Map.of());
    }
    var file = directory.resolve(path);
    if (!Files.isRegularFile(file)) {
      throw new IOException("MLFLOW_AUTH_CONFIG_PATH: there is no file " + file);
    }
    var values = new HashMap<String, String>();
    var inSection = false;
    for (var line : Files.readAllLines(file)) {
      var text = line.strip();
      if (text.startsWith("[")) {
        inSection = text.equals("[mlflow]");
      } else if (inSection && !text.startsWith("#") && !text.startsWith(";")) {
        var pair = PAIR.matcher(text);
        if (pair.matches()) {
          values.put(pair.group(1).strip(), pair.group(2).strip());
        }
      }
    }
    return new AuthFile(file.toString(), values);
  }

  String text(String key, String otherwise) {
    return values.getOrDefault(key, otherwise);
  }

  /// What the file says when it is asked, which may be another password than at the start.
  Secret secret(String key, String otherwise) {
    return values.isEmpty() ? Secret.of(otherwise) : () -> readAgain().text(key, otherwise);
  }

  private AuthFile readAgain() {
    try {
      return read(name, Path.of(""));
    } catch (IOException e) {
      throw new TrackingException(
          ErrorCode.INVALID_PARAMETER_VALUE, name + " cannot be read: " + e.getMessage(), e);
    }
  }

  /// A positive number; MLflow's 0 for none means the default.
  int whole(String key, int otherwise) throws IOException {
    var text = text(key, "");
    try {
      var number = text.isEmpty() ? otherwise : Integer.parseInt(text);
      return number > 0 ? number : otherwise;
    } catch (NumberFormatException e) {
      throw new IOException(name + ": " + key + " '" + text + "' must be a number", e);
    }
  }
}
