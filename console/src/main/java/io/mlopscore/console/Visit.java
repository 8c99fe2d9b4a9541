package io.mlopscore.console;

import io.helidon.webserver.http.ServerRequest;
import io.mlopscore.tracking.ModelRegistry;
import io.mlopscore.tracking.TrackingStore;
import io.mlopscore.tracking.http.CallerTracking;
import java.util.List;

/// Somebody asks for a page, or changes something by one.
///
/// @param tracking what they may see and change
record Visit(ServerRequest request, CallerTracking tracking, Links links, Times times) {
  TrackingStore store() {
    return tracking.store();
  }

  ModelRegistry registry() {
    return tracking.registry();
  }

  /// What stands in the path in the place of a name.
  String path(String name) {
    return request.path().pathParameters().get(name);
  }

  /// A word of the query; empty if it is not there.
  String query(String name) {
    return request.query().first(name).orElse("");
  }

  List<String> queries(String name) {
    return request.query().contains(name) ? request.query().all(name) : List.of();
  }
}
