package io.mlopscore.model;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The two JSON files in which MLflow keeps a row that the model accepts: as a data frame in the
/// `split` orientation, and as the body of a request to a scoring server.
public final class InputExample {
  public static final String FILE = "input_example.json";
  public static final String REQUEST_FILE = "serving_input_example.json";
  private static final ObjectMapper JSON = new ObjectMapper();

  private InputExample() {}

  static void write(Path directory, Signature signature, Map<String, Object> row)
      throws IOException {
    if (row.isEmpty()) {
      return;
    }
    var names = signature.inputs().stream().map(Column::name).toList();
    var values = names.stream().map(row::get).toList();
    var frame = new LinkedHashMap<String, Object>();
    frame.put("columns", names);
    frame.put("data", List.of(values));
    Files.write(directory.resolve(FILE), JSON.writeValueAsBytes(frame));
    Files.write(
        directory.resolve(REQUEST_FILE), JSON.writeValueAsBytes(Map.of("dataframe_split", frame)));
  }

  /// The saved row by column name; empty if the folder has none.
  ///
  /// @throws ModelException if it is there and cannot be read
  static Map<String, Object> read(Path directory) {
    var file = directory.resolve(FILE);
    try {
      return Files.exists(file) ? row(file) : Map.of();
    } catch (IOException e) {
      throw new ModelException(file + ": cannot be read: " + e.getMessage(), e);
    }
  }

  private static Map<String, Object> row(Path file) throws IOException {
    var frame = JSON.readTree(Files.readAllBytes(file));
    var row = new LinkedHashMap<String, Object>();
    for (var i = 0; i < frame.path("columns").size(); i++) {
      var value = JSON.convertValue(frame.path("data").path(0).path(i), Object.class);
      if (value != null) {
        row.put(frame.path("columns").path(i).asText(), value);
      }
    }
    return row;
  }
}
