package io.mlopscore.tracking;

import java.nio.file.Path;

/// One place where runs are tracked: a store, a registry, and the artifacts of both.
///
/// Open it by the URI that MLflow takes: `sqlite:///mlflow.db` in process, `http://...`
/// for a server.
public record Tracking(
    TrackingStore store, ModelRegistry registry, Artifacts artifacts, Runnable onClose)
    implements AutoCloseable {

  /// Opens, and for a database creates if absent, the place behind a tracking URI.
  ///
  /// @param uri `sqlite:///relative.db`, `sqlite:////absolute.db`, `http://host:port`
  ///     or `https://...`
  /// @param directory what relative paths in the URI are relative to; artifacts of a database are
  ///     kept in `mlartifacts/` below it
  public static Tracking open(String uri, Path directory) {
    throw new TrackingException(
        ErrorCode.NOT_IMPLEMENTED, uri + " below " + directory + ": opening is written next");
  }

  @Override
  public void close() {
    onClose.run();
  }
}
