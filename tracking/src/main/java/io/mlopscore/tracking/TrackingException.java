package io.mlopscore.tracking;

/// A request that the tracking store or registry refuses; the message says why in MLflow's words.
public final class TrackingException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;

  public TrackingException(ErrorCode code, String message) {
    super(message);
    this.code = code;
  }

  public TrackingException(ErrorCode code, String message, Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  public ErrorCode code() {
    return code;
  }
}
