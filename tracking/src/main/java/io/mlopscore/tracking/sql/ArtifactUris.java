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
}
