package io.mlopscore.model.yaml;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mlopscore.model.Column;
import io.mlopscore.model.ColumnType;
import io.mlopscore.model.ModelException;
import io.mlopscore.model.Signature;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The `signature:` section of an `MLmodel` file: JSON texts inside the YAML.
final class SignatureText {
  private static final ObjectMapper JSON = new ObjectMapper();

  private SignatureText() {}

  static Signature read(YamlMap signature) {
    try {
      return new Signature(
          columns(signature.text("inputs"), signature),
          signature.has("outputs") ? columns(signature.text("outputs"), signature) : List.of());
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

  private static Column column(JsonNode column, YamlMap signature) {
    var type = column.path("type").asText();
    if (!column.hasNonNull("name") || type.equals("tensor")) {
      throw new ModelException(
          signature.file() + ": `signature` has " + column + ", but only named columns are served");
    }
    try {
      return new Column(
          column.path("name").asText(),
          ColumnType.valueOf(type.toUpperCase(Locale.ROOT)),
          column.path("required").asBoolean(true));
    } catch (IllegalArgumentException e) {
      throw new ModelException(
          signature.file() + ": `signature` has the type '" + type + "', which cannot be served",
          e);
    }
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
