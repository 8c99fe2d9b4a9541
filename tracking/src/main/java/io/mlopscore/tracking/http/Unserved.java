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

  /// A field that would be lost.
  static void field(Call call, String name) {
    if (!call.text(name).isEmpty()) {
      throw new TrackingException(
          ErrorCode.NOT_IMPLEMENTED, "The field '" + name + "' is not served yet; leave it out.");
    }
  }

  /// Only active things are searched so far.
  static void view(Call call, String name) {
    var view = call.text(name);
    if (!view.isEmpty() && !view.equals("ACTIVE_ONLY")) {
      throw new TrackingException(
          ErrorCode.NOT_IMPLEMENTED, "The view \"" + view + "\" is not served yet.");
    }
  }

  static TrackingException call(String method, String path) {
    return new TrackingException(
        ErrorCode.NOT_IMPLEMENTED, method + " " + path + " is not served by this version.");
  }
}
