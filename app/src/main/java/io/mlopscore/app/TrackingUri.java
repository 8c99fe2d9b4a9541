package io.mlopscore.app;

import java.util.Map;

/// Where runs are tracked, unless told otherwise.
final class TrackingUri {
  static final String DEFAULT = "sqlite:///mlflow.db";

  private TrackingUri() {}

  /// `MLFLOW_TRACKING_URI`, or the database in the project folder.
  static String ofEnvironment() {
    return of(System.getenv());
  }

  static String of(Map<String, String> environment) {
    var uri = environment.getOrDefault("MLFLOW_TRACKING_URI", "");
    return uri.isBlank() ? DEFAULT : uri;
  }
}
