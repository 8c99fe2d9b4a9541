package io.mlopscore.pipeline;

/// Another process uses a path that is needed.
public final class BusyException extends PipelineException {
  private static final long serialVersionUID = 1;

  BusyException(String message) {
    super(message);
  }
}
