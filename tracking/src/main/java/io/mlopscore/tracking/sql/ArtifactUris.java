package io.mlopscore.tracking.sql;

/// Puts artifact URIs together as MLflow does.
final class ArtifactUris {
  private ArtifactUris() {}

  /// Appends names to a URI with one slash before each: `mlflow-artifacts:/` and `1` make
  /// `mlflow-artifacts:/1`.
  static String of(String uri, String... names) {
    var result = new StringBuilder(uri.endsWith("/") ? uri.substring(0, uri.length() - 1) : uri);
    for (var name : names) {
      result.append('/').append(name);
    }
    return result.toString();
  }

  /// A plain path becomes absolute, as MLflow makes it; anything with a scheme stays.
  static String absolute(String location) {
    if (location.isEmpty() || location.matches("[a-zA-Z][a-zA-Z0-9+.-]+:.*")) {
      return location;
    }
    return java.nio.file.Path.of(location).toAbsolutePath().normalize().toString();
  }
}
