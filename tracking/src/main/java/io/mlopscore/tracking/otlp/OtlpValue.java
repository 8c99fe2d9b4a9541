package io.mlopscore.tracking.otlp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.opentelemetry.proto.common.v1.AnyValue;

/// Any value of an attribute as JSON.
final class OtlpValue {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private OtlpValue() {}

  static JsonNode json(AnyValue value) {
    return switch (value.getValueCase()) {
      case STRING_VALUE -> NODES.textNode(value.getStringValue());
      case BOOL_VALUE -> NODES.booleanNode(value.getBoolValue());
      case INT_VALUE -> NODES.numberNode(value.getIntValue());
      case DOUBLE_VALUE -> NODES.numberNode(value.getDoubleValue());
      case BYTES_VALUE -> NODES.binaryNode(value.getBytesValue().toByteArray());
      case ARRAY_VALUE -> {
        var array = NODES.arrayNode();
        value.getArrayValue().getValuesList().forEach(item -> array.add(json(item)));
        yield array;
      }
      case KVLIST_VALUE -> {
        var object = NODES.objectNode();
        value
            .getKvlistValue()
            .getValuesList()
            .forEach(pair -> object.set(pair.getKey(), json(pair.getValue())));
        yield object;
      }
      case VALUE_NOT_SET -> NODES.nullNode();
    };
  }
}
