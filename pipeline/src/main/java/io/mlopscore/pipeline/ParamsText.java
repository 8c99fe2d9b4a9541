package io.mlopscore.pipeline;

import io.mlopscore.pipeline.yaml.Value.Mapping;
import io.mlopscore.pipeline.yaml.YamlReader;
import java.io.IOException;
import java.nio.file.Path;

/// Reads a file of parameters: YAML, or JSON, which YAML contains.
final class ParamsText {
  private ParamsText() {}

  static Mapping read(Path file) throws IOException {
    var name = file.getFileName().toString();
    if (name.endsWith(".toml") || name.endsWith(".py")) {
      throw new PipelineException(
          file + ": parameters are read from YAML and JSON; move them to a .yaml file");
    }
    return YamlReader.mapping(file);
  }
}
