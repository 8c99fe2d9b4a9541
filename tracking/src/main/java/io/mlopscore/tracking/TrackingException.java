package io.mlopscore.tracking;

import java.util.Optional;
import java.util.function.Supplier;

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

  /// What a look finds; empty if it is not there. Anything else stays an error.
  public static <T> Optional<T> found(Supplier<T> look) {
    try {
      return Optional.of(look.get());
    } catch (TrackingException e) {
      if (e.code == ErrorCode.RESOURCE_DOES_NOT_EXIST) {
        return Optional.empty();
      }
      throw e;
    }
  }

  public ErrorCode code() {
    return code;
  }
}
