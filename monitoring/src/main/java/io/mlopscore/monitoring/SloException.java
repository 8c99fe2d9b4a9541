package io.mlopscore.monitoring;

/// A file of service levels that cannot be used.
public final class SloException extends RuntimeException {
  private static final long serialVersionUID = 1;

  SloException(String message) {
    super(message);
  }

  SloException(String message, Throwable cause) {
    super(message, cause);
  }
}
