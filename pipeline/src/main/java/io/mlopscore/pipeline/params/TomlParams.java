package io.mlopscore.pipeline.params;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import com.fasterxml.jackson.dataformat.toml.TomlReadFeature;
import io.mlopscore.pipeline.yaml.Value;
import io.mlopscore.pipeline.yaml.YamlException;

/// Reads TOML 1.0. Dates are kept as such, since DVC cannot track them.
public final class TomlParams {
  private TomlParams() {}

  /// @param name stands for the text in messages
  /// @throws YamlException when it is not TOML
  public static Value read(String text, String name) {
    var mapper = TomlMapper.builder().enable(TomlReadFeature.PARSE_JAVA_TIME).build();
    try {
      return TreeValues.of(mapper.readTree(text));
    } catch (JsonProcessingException e) {
      throw TreeValues.broken("TOML", name, e);
    }
  }
}
