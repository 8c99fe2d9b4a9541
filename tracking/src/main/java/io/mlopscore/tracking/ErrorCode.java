package io.mlopscore.tracking;

/// MLflow's error codes, with the HTTP status that its server sends for each.
public enum ErrorCode {
  INVALID_PARAMETER_VALUE(400),
  BAD_REQUEST(400),
  RESOURCE_ALREADY_EXISTS(400),
  RESOURCE_DOES_NOT_EXIST(404),
  ENDPOINT_NOT_FOUND(404),
  PERMISSION_DENIED(403),
  REQUEST_LIMIT_EXCEEDED(429),
  INVALID_STATE(500),
  INTERNAL_ERROR(500),
  NOT_IMPLEMENTED(501),
  TEMPORARILY_UNAVAILABLE(503),
  /// Not one of MLflow's: the disk is full. Its client gives up at once and shows the message.
  STORAGE_FULL(507);

  private final int httpStatus;

  ErrorCode(int httpStatus) {
    this.httpStatus = httpStatus;
  }

  /// Whether the same request may succeed in a moment.
  public boolean passes() {
    return this == REQUEST_LIMIT_EXCEEDED || this == TEMPORARILY_UNAVAILABLE;
  }

  public int httpStatus() {
    return httpStatus;
  }
}
