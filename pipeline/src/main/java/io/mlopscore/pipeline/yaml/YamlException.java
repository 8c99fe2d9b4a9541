package io.mlopscore.pipeline.yaml;

/// A file that is not valid YAML; the message names file and line.
public final class YamlException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public YamlException(String message) {
    super(message);
  }

  public YamlException(String message, Throwable cause) {
    super(message, cause);
  }
}
