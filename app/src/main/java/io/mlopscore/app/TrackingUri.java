package io.mlopscore.app;

import io.mlopscore.tracking.Tracking;
import java.util.Map;

/// Where runs are tracked, unless told otherwise.
final class TrackingUri {
  private TrackingUri() {}

  /// `MLFLOW_TRACKING_URI`, or the database in the project folder.
  static String ofEnvironment() {
    return of(System.getenv());
  }

  static String of(Map<String, String> environment) {
    var uri = environment.getOrDefault("MLFLOW_TRACKING_URI", "");
    return uri.isBlank() ? Tracking.DEFAULT_URI : uri;
  }
}
