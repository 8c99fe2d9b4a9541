package io.mlopscore.tracking.http;

import io.mlopscore.tracking.ErrorCode;
import io.mlopscore.tracking.TrackingException;
import java.util.List;

/// What this version does not serve, said as 501 with a sentence rather than answered wrongly.
final class Unserved {
  private Unserved() {}

  static void filter(Call call) {
    var filter = call.text("filter");
    if (!filter.isBlank()) {
      throw new TrackingException(
          ErrorCode.NOT_IMPLEMENTED, "The filter \"" + filter + "\" is not served yet.");
    }
  }

  /// @param served the orders that the answer has anyway
  static void order(Call call, String... served) {
    for (var order : call.texts("order_by")) {
      var plain = order.replace("attributes.", "").replace("attribute.", "").replace("`", "");
      if (!List.of(served).contains(plain.strip())) {
        throw new TrackingException(
            ErrorCode.NOT_IMPLEMENTED, "The order \"" + order + "\" is not served yet.");
      }
    }
  }

  static TrackingException call(String method, String path) {
    return new TrackingException(
        ErrorCode.NOT_IMPLEMENTED, method + " " + path + " is not served by this version.");
  }
}
