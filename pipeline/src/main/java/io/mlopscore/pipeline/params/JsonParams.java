package io.mlopscore.pipeline.params;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.mlopscore.pipeline.yaml.Value;
import io.mlopscore.pipeline.yaml.YamlException;

/// Reads JSON as Python does: `NaN` and `Infinity` are numbers, and of equal keys the last counts.
public final class JsonParams {
  private JsonParams() {}

  /// @param name stands for the text in messages
  /// @throws YamlException when it is not JSON
  public static Value read(String text, String name) {
    var limits = StreamReadConstraints.builder().maxStringLength(64 << 20).build();
    var mapper =
        JsonMapper.builder(JsonFactory.builder().streamReadConstraints(limits).build())
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .enable(com.fasterxml.jackson.databind.DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    try {
      var tree = mapper.readTree(text);
      if (tree.isMissingNode()) {
        throw new YamlException(name + ": not valid JSON: there is no value in it");
      }
      return TreeValues.of(tree);
    } catch (JsonProcessingException e) {
      throw TreeValues.broken("JSON", name, e);
    }
  }
}
