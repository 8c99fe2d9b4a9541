package io.mlopscore.tracking.http;

import io.mlopscore.tracking.ErrorCode;
import io.mlopscore.tracking.TrackingException;
import io.mlopscore.tracking.TrackingStore;
import io.mlopscore.tracking.search.SearchQuery;
import io.mlopscore.tracking.search.ViewType;

/// What searches have in common among their fields.
final class SearchFields {
  private static final int USUAL_RESULTS = 1000;

  private SearchFields() {}

  static SearchQuery query(Call call) {
    return query(call, USUAL_RESULTS, TrackingStore.MOST_RESULTS);
  }

  static SearchQuery query(Call call, int usual, int most) {
    return new SearchQuery(
        call.text("filter"),
        call.texts("order_by"),
        call.limit("max_results", usual, most),
        call.text("page_token"));
  }

  /// The view by its name or, as protocol buffers allow, its number.
  static ViewType view(Call call, String name) {
    var value = call.fields().path(name);
    for (var view : ViewType.values()) {
      if (value.asText().equals(view.name()) || value.asInt() == view.number()) {
        return view;
      }
    }
    if (value.isMissingNode() || value.isNull() || value.asText().isEmpty()) {
      return ViewType.ACTIVE_ONLY;
    }
    throw new TrackingException(
        ErrorCode.INVALID_PARAMETER_VALUE,
        "Invalid value " + value + " for parameter '" + name + "' supplied.");
  }
}
