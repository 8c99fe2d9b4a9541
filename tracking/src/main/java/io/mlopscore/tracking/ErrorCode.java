package io.mlopscore.tracking;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// MLflow's error codes, with the HTTP status that its server sends for each.
public enum ErrorCode {
  INVALID_PARAMETER_VALUE(400, ErrorClass.INVALID_PARAMETER_VALUE),
  BAD_REQUEST(400, ErrorClass.INVALID_PARAMETER_VALUE),
  RESOURCE_ALREADY_EXISTS(400, ErrorClass.RESOURCE_ALREADY_EXISTS),
  RESOURCE_DOES_NOT_EXIST(404, ErrorClass.RESOURCE_NOT_FOUND),
  ENDPOINT_NOT_FOUND(404, ErrorClass.RESOURCE_NOT_FOUND),
  PERMISSION_DENIED(403, ErrorClass.PERMISSION_DENIED),
  REQUEST_LIMIT_EXCEEDED(429, null),
  INVALID_STATE(500, ErrorClass.CLIENT_INTERNAL_ERROR),
  INTERNAL_ERROR(500, ErrorClass.CLIENT_INTERNAL_ERROR),
  NOT_IMPLEMENTED(501, null),
  TEMPORARILY_UNAVAILABLE(503, ErrorClass.CLIENT_INTERNAL_ERROR),
  /// Not one of MLflow's: the disk is full. Its client gives up at once and shows the message.
  STORAGE_FULL(507, null);

  private final int httpStatus;
  private final @Nullable ErrorClass errorClass;

  ErrorCode(int httpStatus, @Nullable ErrorClass errorClass) {
    this.httpStatus = httpStatus;
    this.errorClass = errorClass;
  }

  /// Whether the same request may succeed in a moment.
  public boolean passes() {
    return this == REQUEST_LIMIT_EXCEEDED || this == TEMPORARILY_UNAVAILABLE;
  }

  public int httpStatus() {
    return httpStatus;
  }

  /// What MLflow 3.11 and later say beside the code; it has none for some of them.
  public Optional<ErrorClass> errorClass() {
    return Optional.ofNullable(errorClass);
  }
}
