package io.mlopscore.tracking;

import io.mlopscore.tracking.http.RestArtifacts;
import io.mlopscore.tracking.http.RestClient;
import io.mlopscore.tracking.http.RestModelRegistry;
import io.mlopscore.tracking.http.RestTraceStore;
import io.mlopscore.tracking.http.RestTrackingStore;
import io.mlopscore.tracking.sql.Database;
import io.mlopscore.tracking.sql.DatabaseUri;
import io.mlopscore.tracking.sql.Dialect;
import io.mlopscore.tracking.sql.SqlModelRegistry;
import io.mlopscore.tracking.sql.SqlTraceStore;
import io.mlopscore.tracking.sql.SqlTrackingStore;
import io.mlopscore.tracking.traces.TraceStore;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;

/// One place where runs are tracked: a store, a registry, traces, and the artifacts of all.
///
/// Open it by the URI that MLflow takes: `sqlite:///mlflow.db` or `postgresql://...` in process,
/// `http://...` for a server.
public record Tracking(
    TrackingStore store,
    ModelRegistry registry,
    TraceStore traces,
    Artifacts artifacts,
    Runnable onClose)
    implements AutoCloseable {
  /// Where runs are tracked if nothing else is said.
  public static final String DEFAULT_URI = "sqlite:///mlflow.db";

  /// Where new experiments keep their artifacts if nothing else is said: behind the server's proxy.
  public static final String ARTIFACT_ROOT = "mlflow-artifacts:/";

  /// Opens, and for a database creates if absent, the place behind a tracking URI.
  ///
  /// @param uri `sqlite:///relative.db`, `sqlite:////absolute.db`, `postgresql://...`,
  ///     `http://host:port` or `https://...`
  /// @param directory what relative paths in the URI are relative to; artifacts of a database are
  ///     kept in `mlartifacts/` below it
  public static Tracking open(String uri, Path directory) {
    return open(uri, directory, RestClient.TIMEOUT);
  }

  /// As [#open(String, Path)].
  ///
  /// @param patience how long a server may take to begin an answer; a database has its own
  public static Tracking open(String uri, Path directory, Duration patience) {
    if (DatabaseUri.isDatabase(uri)) {
      var dialect = DatabaseUri.read(uri, directory, System.getenv());
      return openDatabase(dialect, directory.resolve("mlartifacts").toString(), ARTIFACT_ROOT);
    }
    if (uri.startsWith("http://") || uri.startsWith("https://")) {
      var client = new RestClient(uri, System.getenv(), patience);
      var artifacts = new RestArtifacts(client, System.getenv());
      return new Tracking(
          new RestTrackingStore(client),
          new RestModelRegistry(client),
          new RestTraceStore(client),
          artifacts,
          () -> {
            artifacts.close();
            client.close();
          });
    }
    throw new TrackingException(
        ErrorCode.INVALID_PARAMETER_VALUE,
        "'"
            + uri
            + "' is no tracking URI known here; use sqlite:///file.db, postgresql://... or"
            + " http://host:port.");
  }

  /// Opens a database, created if absent.
  ///
  /// @param destination what is behind `mlflow-artifacts:/`: a path, `file:///...`, `s3://...`,
  ///     `gs://...`
  /// @param artifactRoot the URI below which new experiments keep their artifacts
  public static Tracking openDatabase(Dialect dialect, String destination, String artifactRoot) {
    return of(Database.open(dialect, artifactRoot), destination, artifactRoot);
  }

  /// What is tracked in an open database, which is closed with it.
  ///
  /// @param destination as of [#openDatabase]
  /// @param artifactRoot as of [#openDatabase]
  public static Tracking of(Database database, String destination, String artifactRoot) {
    var artifacts = new StoredArtifacts(destination, System.getenv());
    var clock = Clock.systemUTC();
    return new Tracking(
        new SqlTrackingStore(
            database, artifactRoot, new RunNames(new SecureRandom()), clock, System.getenv()),
        new SqlModelRegistry(database, clock),
        new SqlTraceStore(database, clock),
        artifacts,
        () -> {
          database.close();
          artifacts.close();
        });
  }

  /// Asks for one small thing, as a check of health.
  ///
  /// @throws TrackingException if the database or server does not answer
  public void checkStore() {
    var _ = store.experimentByName("Default");
  }

  /// The same for the registry, which may have a database of its own.
  public void checkRegistry() {
    var _ = registry.registeredModel("default");
  }

  @Override
  public void close() {
    onClose.run();
  }
}
