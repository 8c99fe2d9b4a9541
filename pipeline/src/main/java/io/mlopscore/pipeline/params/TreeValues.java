package io.mlopscore.pipeline.params;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.mlopscore.pipeline.yaml.Value;
import io.mlopscore.pipeline.yaml.Value.Bool;
import io.mlopscore.pipeline.yaml.Value.Int;
import io.mlopscore.pipeline.yaml.Value.Items;
import io.mlopscore.pipeline.yaml.Value.Mapping;
import io.mlopscore.pipeline.yaml.Value.Moment;
import io.mlopscore.pipeline.yaml.Value.Real;
import io.mlopscore.pipeline.yaml.YamlException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.regex.Pattern;

/// Turns Jackson's trees into values.
final class TreeValues {
  /// What Jackson says of where a bracket was opened names its own settings.
  private static final Pattern START_MARKER = Pattern.compile(" \\(start marker at \\[.*]\\)$");

  private TreeValues() {}

  static Value of(JsonNode node) {
    return switch (node.getNodeType()) {
      case MISSING, NULL -> Value.none();
      case BOOLEAN -> new Bool(node.booleanValue());
      case NUMBER ->
          node.isIntegralNumber() ? new Int(node.bigIntegerValue()) : new Real(node.doubleValue());
      case STRING, BINARY -> Value.of(node.asText());
      case POJO -> new Moment(node.asText());
      case ARRAY -> items(node);
      case OBJECT -> mapping(node);
    };
  }

  private static Value items(JsonNode node) {
    var items = new ArrayList<Value>();
    node.forEach(item -> items.add(of(item)));
    return new Items(items);
  }

  private static Value mapping(JsonNode node) {
    var entries = new LinkedHashMap<Value, Value>();
    node.properties().forEach(entry -> entries.put(Value.of(entry.getKey()), of(entry.getValue())));
    return new Mapping(entries);
  }

  static YamlException broken(String format, String name, JsonProcessingException cause) {
    var location = cause.getLocation();
    var place = location == null ? "" : ":" + location.getLineNr() + ":" + location.getColumnNr();
    var reason = START_MARKER.matcher(cause.getOriginalMessage()).replaceFirst("");
    return new YamlException(
        "%s%s: not valid %s: %s".formatted(name, place, format, reason), cause);
  }
}
