package io.mlopscore.tracking.http;

import io.mlopscore.tracking.ErrorCode;
import io.mlopscore.tracking.TrackingException;

/// What this version does not serve, said as 501 with a sentence rather than answered wrongly.
final class Unserved {
  private Unserved() {}

  static TrackingException call(String method, String path) {
    return new TrackingException(
        ErrorCode.NOT_IMPLEMENTED, method + " " + path + " is not served by this version.");
  }
}
