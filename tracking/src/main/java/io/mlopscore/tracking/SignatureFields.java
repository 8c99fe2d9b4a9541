package io.mlopscore.tracking;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.TreeMap;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// The signature in an `MLmodel` file as names and types: JSON inside YAML
/// (https://mlflow.org/docs/latest/ml/model/signatures/).
final class SignatureFields {
  private static final ObjectMapper JSON = new ObjectMapper();

  private SignatureFields() {}

  /// @return such as `input sepal_length` and `double`; empty if there is no signature
  static Map<String, String> read(InputStream file) throws IOException {
    var fields = new TreeMap<String, String>();
    if (yaml(file) instanceof Map<?, ?> root && root.get("signature") instanceof Map<?, ?> parts) {
      for (var part :
          Map.of("inputs", "input", "outputs", "output", "params", "param").entrySet()) {
        if (parts.get(part.getKey()) instanceof String text) {
          add(fields, part.getValue(), text);
        }
      }
    }
    return fields;
  }

  private static Object yaml(InputStream file) throws IOException {
    try {
      return new Load(LoadSettings.builder().setLabel("MLmodel").build()).loadFromInputStream(file);
    } catch (YamlEngineException e) {
      throw new IOException("MLmodel: not valid YAML: " + e.getMessage(), e);
    }
  }

  private static void add(Map<String, String> fields, String kind, String json)
      throws JsonProcessingException {
    var number = 0;
    for (var field : JSON.readTree(json)) {
      var name = field.path("name").asText(Integer.toString(number));
      fields.put(kind + " " + name, type(field));
      number++;
    }
  }

  private static String type(JsonNode field) {
    var tensor = field.path("tensor-spec");
    var type =
        tensor.isObject()
            ? tensor.path("dtype").asText() + " " + tensor.path("shape")
            : field.path("type").asText();
    return field.path("required").asBoolean(true) ? type : type + ", optional";
  }
}
