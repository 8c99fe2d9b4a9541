package io.mlopscore.tracking.sql;

import io.mlopscore.tracking.ErrorCode;
import io.mlopscore.tracking.TrackingException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

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
  ///
  /// @throws TrackingException if no file system of this machine can have such a path
  static String absolute(String location) {
    if (location.isEmpty() || location.matches("(?s)[a-zA-Z][a-zA-Z0-9+.-]+:.*")) {
      return location;
    }
    try {
      return Path.of(location).toAbsolutePath().normalize().toString();
    } catch (InvalidPathException e) {
      throw new TrackingException(
          ErrorCode.INVALID_PARAMETER_VALUE,
          "Invalid value for parameter 'artifact_location' supplied: " + e.getReason() + ".",
          e);
    }
  }
}
