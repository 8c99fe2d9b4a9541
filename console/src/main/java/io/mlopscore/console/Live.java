package io.mlopscore.console;

import io.mlopscore.tracking.http.EventRoutes;

/// Where a page hears that something it shows is different now; `docs/reference/events.md`.
record Live(Links links) {
  /// The events after which a page is read again, separated by blanks.
  static final String TYPES = String.join(" ", EventRoutes.TYPES);

  String everything() {
    return links.root() + EventRoutes.PATH;
  }

  String experiment(String id) {
    return everything() + "?experiment_id=" + Links.encode(id);
  }

  String run(String id) {
    return everything() + "?run_id=" + Links.encode(id);
  }

  String model(String name) {
    return everything() + "?registry=" + Links.encode(name);
  }
}
