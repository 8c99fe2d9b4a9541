package io.mlopscore.console;

import io.mlopscore.tracking.http.EventRoutes;

/// Where a page hears that something it shows is different now; `docs/reference/events.md`.
final class Live {
  /// The events after which a page is read again, separated by blanks.
  static final String TYPES = String.join(" ", EventRoutes.TYPES);

  private Live() {}

  static String everything() {
    return EventRoutes.PATH;
  }

  static String experiment(String id) {
    return EventRoutes.PATH + "?experiment_id=" + Links.encode(id);
  }

  static String run(String id) {
    return EventRoutes.PATH + "?run_id=" + Links.encode(id);
  }

  static String model(String name) {
    return EventRoutes.PATH + "?registry=" + Links.encode(name);
  }
}
