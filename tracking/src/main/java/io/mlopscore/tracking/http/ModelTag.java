package io.mlopscore.tracking.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlopscore.tracking.ErrorCode;
import io.mlopscore.tracking.TrackingException;
import java.util.List;

/// The tag that names the models of a run, as clients before MLflow 3 log them: a JSON list.
final class ModelTag {
  static final String KEY = "mlflow.log-model.history";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> NEEDED =
      List.of("artifact_path", "flavors", "utc_time_created", "run_id");
  private static final List<String> KEPT =
      List.of("run_id", "artifact_path", "utc_time_created", "model_uuid");

  private ModelTag() {}

  /// The tag with one more model.
  ///
  /// @param tag as it is, empty if it is not set
  /// @param model an MLmodel file as JSON
  static String with(String tag, String model) {
    var models = tag.isEmpty() ? JSON.createArrayNode() : read(tag);
    if (!(models instanceof ArrayNode list)) {
      throw malformed(tag);
    }
    return list.add(entry(model)).toString();
  }

  private static ObjectNode entry(String model) {
    var read = read(model);
    var missing = NEEDED.stream().filter(field -> !read.has(field)).toList();
    if (!missing.isEmpty()) {
      throw new TrackingException(
          ErrorCode.INVALID_PARAMETER_VALUE, "Model json is missing mandatory fields: " + missing);
    }
    var entry = Messages.empty();
    KEPT.stream().filter(read::has).forEach(field -> entry.set(field, read.get(field)));
    var flavors = entry.putObject("flavors");
    read.path("flavors").forEachEntry((name, flavor) -> flavors.set(name, withoutConfig(flavor)));
    return entry;
  }

  private static JsonNode withoutConfig(JsonNode flavor) {
    return flavor instanceof ObjectNode object ? object.deepCopy().without("config") : flavor;
  }

  private static JsonNode read(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException _) {
      throw malformed(text);
    }
  }

  private static TrackingException malformed(String text) {
    return new TrackingException(
        ErrorCode.INVALID_PARAMETER_VALUE,
        "Malformed model info. \n " + text + " \n is not a valid JSON.");
  }
}
