package io.mlopscore.model.yaml;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mlopscore.model.Column;
import io.mlopscore.model.ColumnType;
import io.mlopscore.model.ModelException;
import io.mlopscore.model.Signature;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The `signature:` section of an `MLmodel` file: JSON texts inside the YAML.
final class SignatureText {
  private static final String LOG_IT =
      "log the model with signature=mlflow.models.infer_signature(frame), where `frame` is a pandas"
          + " data frame with the columns";
  private static final ObjectMapper JSON = new ObjectMapper();

  private SignatureText() {}

  /// @throws ModelException if it does not name the columns of a row
  static Signature read(YamlMap root) {
    if (!root.has("signature") || !root.map("signature").has("inputs")) {
      throw new ModelException(
          root.file()
              + ": `signature` is missing, so the columns of a row are not known; "
              + LOG_IT);
    }
    var signature = root.map("signature");
    try {
      return new Signature(
          columns(signature.text("inputs"), signature),
          signature.has("outputs") ? namedColumns(signature.text("outputs")) : List.of());
    } catch (JsonProcessingException e) {
      throw new ModelException(
          signature.file() + ": `signature` must hold JSON texts: " + e.getOriginalMessage(), e);
    }
  }

  private static List<Column> columns(String json, YamlMap signature)
      throws JsonProcessingException {
    var columns = new ArrayList<Column>();
    for (var column : JSON.readTree(json)) {
      columns.add(column(column, signature));
    }
    return columns;
  }

  /// Nothing is served by them: those of other kinds than ours are passed over.
  private static List<Column> namedColumns(String json) throws JsonProcessingException {
    var columns = new ArrayList<Column>();
    for (var column : JSON.readTree(json)) {
      if (column.hasNonNull("name") && isScalar(column.path("type").asText())) {
        columns.add(column(column));
      }
    }
    return columns;
  }

  private static Column column(JsonNode column, YamlMap signature) {
    var type = column.path("type").asText();
    if (!column.hasNonNull("name") || type.equals("tensor")) {
      throw new ModelException(
          "%s: `signature` has %s, but only named columns are served; %s"
              .formatted(signature.file(), column, LOG_IT));
    }
    if (!isScalar(type)) {
      throw new ModelException(
          signature.file() + ": `signature` has the type '" + type + "', which cannot be served");
    }
    return column(column);
  }

  private static boolean isScalar(String type) {
    return Arrays.stream(ColumnType.values()).anyMatch(known -> known.wireName().equals(type));
  }

  private static Column column(JsonNode column) {
    return new Column(
        column.path("name").asText(),
        ColumnType.valueOf(column.path("type").asText().toUpperCase(Locale.ROOT)),
        column.path("required").asBoolean(true));
  }

  static Map<String, Object> write(Signature signature) {
    var texts = new LinkedHashMap<String, Object>();
    texts.put("inputs", text(signature.inputs()));
    texts.put("outputs", text(signature.outputs()));
    return texts;
  }

  private static String text(List<Column> columns) {
    var array = JSON.createArrayNode();
    for (var column : columns) {
      array
          .addObject()
          .put("type", column.type().wireName())
          .put("name", column.name())
          .put("required", column.required());
    }
    return array.toString();
  }
}
