package io.mlopscore.pipeline;

/// A pipeline that cannot be read or reproduced; the message says what, where, and what to do.
public class PipelineException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public PipelineException(String message) {
    super(message);
  }

  public PipelineException(String message, Throwable cause) {
    super(message, cause);
  }
}
