package io.mlopscore.tracking.otlp;

/// A request to export spans that is refused; OTLP wants an HTTP status and a sentence.
public final class OtlpException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int httpStatus;

  public OtlpException(int httpStatus, String message) {
    super(message);
    this.httpStatus = httpStatus;
  }

  public OtlpException(int httpStatus, String message, Throwable cause) {
    super(message, cause);
    this.httpStatus = httpStatus;
  }

  public int httpStatus() {
    return httpStatus;
  }
}
