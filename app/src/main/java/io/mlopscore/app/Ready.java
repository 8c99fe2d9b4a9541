package io.mlopscore.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mlopscore.model.ModelFolder;
import java.nio.file.Path;
import java.util.Map;

/// The three lines that say where everything is.
final class Ready {
  private static final String MODEL = "models/model";

  private Ready() {}

  /// A row that the model accepts.
  static Map<String, Object> example(Path directory) {
    return ModelFolder.open(directory.resolve(MODEL)).inputExample();
  }

  /// @param needsKey whether callers must show an API key
  static String text(String api, String console, Map<String, Object> example, boolean needsKey) {
    var key = needsKey ? " -H \"X-API-Key: $API_KEY\"" : "";
    return """

        API      curl -s %s/predict -H 'Content-Type: application/json'%s -d '%s'
        docs     %s/docs
        console  %s
        """
        .formatted(api, key, quotable(json(example)), api, console);
  }

  /// As it stands between single quotes of a shell.
  private static String quotable(String text) {
    return text.replace("'", "'\\''");
  }

  private static String json(Map<String, Object> row) {
    try {
      return new ObjectMapper().writeValueAsString(row);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a row of numbers is always JSON", e);
    }
  }
}
