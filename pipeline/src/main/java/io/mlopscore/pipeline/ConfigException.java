package io.mlopscore.pipeline;

/// The settings of a repository are wrong, or one that is needed is missing.
public final class ConfigException extends PipelineException {
  private static final long serialVersionUID = 1L;

  public ConfigException(String message) {
    super(message);
  }
}
