package io.mlopscore.app;

import io.mlopscore.tracking.Secret;
import io.mlopscore.tracking.Tracking;
import io.mlopscore.tracking.TrackingException;
import io.mlopscore.tracking.http.ListenAddress;
import io.mlopscore.tracking.http.ServedCalls;
import io.mlopscore.tracking.sql.DatabaseUri;
import io.mlopscore.tracking.sql.Dialect;
import io.mlopscore.tracking.webhooks.WebhookSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Everything that can be set about the tracking server, with the names that `mlflow server` has. A
/// flag wins over the environment, that over the default.
///
/// @param host address to bind: `--host`, `MLFLOW_HOST`; 127.0.0.1
/// @param port port to bind, 0 for any free one: `--port`, `MLOPS_TRACKING_PORT`, `MLFLOW_PORT`;
///     5000
/// @param database a SQLite file or PostgreSQL database: `--backend-store-uri`,
///     `MLFLOW_BACKEND_STORE_URI` or its twin with `_FILE`, and `MLFLOW_TRACKING_URI` if it is one;
///     `sqlite:///mlflow.db`
/// @param registry another database for the model registry: `--registry-store-uri`,
///     `MLFLOW_REGISTRY_STORE_URI` or its twin with `_FILE`; the same
/// @param artifacts what is behind `mlflow-artifacts:/`, a folder or `s3://...` or `gs://...`:
///     `--artifacts-destination`, `MLFLOW_ARTIFACTS_DESTINATION`; `mlartifacts`
/// @param artifactRoot the URI below which new experiments keep their artifacts:
///     `--default-artifact-root`, `MLFLOW_DEFAULT_ARTIFACT_ROOT`; `mlflow-artifacts:/`
/// @param served which calls are answered: `--serve-artifacts` or not, `MLFLOW_SERVE_ARTIFACTS`;
///     `--artifacts-only`, `MLFLOW_ARTIFACTS_ONLY`; all
/// @param network by which addresses it may be asked, and by which pages
/// @param webhooks how webhooks are kept and sent
/// @param observability what whoever runs it can see of it
/// @param auth who may use it
record ServerSettings(
    String host,
    int port,
    Dialect database,
    Optional<Dialect> registry,
    String artifacts,
    String artifactRoot,
    ServedCalls served,
    NetworkSettings network,
    WebhookSettings webhooks,
    ObservabilitySettings observability,
    AuthSettings auth) {
  static final String PORT = "MLOPS_TRACKING_PORT";

  /// @param flags by name without dashes
  /// @throws IOException naming the setting that is wrong and what it may be
  static ServerSettings read(Path directory, Map<String, String> flags, Map<String, String> env)
      throws IOException {
    var host = first(flags.get("host"), env.get("MLFLOW_HOST")).orElse("127.0.0.1");
    var port = first(flags.get("port"), env.get(PORT), env.get("MLFLOW_PORT")).orElse("5000");
    var uri =
        store(flags, env)
            .or(() -> first(databaseOnly(env.get("MLFLOW_TRACKING_URI"))).map(Secret::of))
            .orElse(Secret.of(Tracking.DEFAULT_URI));
    var served = served(flags, env);
    var artifacts =
        first(flags.get("artifacts-destination"), env.get("MLFLOW_ARTIFACTS_DESTINATION"))
            .orElse("mlartifacts");
    var root =
        first(flags.get("default-artifact-root"), env.get("MLFLOW_DEFAULT_ARTIFACT_ROOT"))
            .orElse(served.equals(ServedCalls.WITHOUT_PROXY) ? "mlruns" : Tracking.ARTIFACT_ROOT);
    return new ServerSettings(
        host,
        port(port),
        database("--backend-store-uri", uri, directory, env),
        registry(uri, directory, flags, env),
        absolute(artifacts, directory),
        absolute(root, directory),
        served,
        NetworkSettings.read(flags, env),
        webhooks(env),
        ObservabilitySettings.read(host, flags, env),
        AuthSettings.read(directory, flags, env));
  }

  /// Where runs are kept, if that is said.
  static Optional<Secret> store(Map<String, String> flags, Map<String, String> env)
      throws IOException {
    return named("backend-store-uri", "MLFLOW_BACKEND_STORE_URI", flags, env);
  }

  private static Optional<Secret> named(
      String flag, String variable, Map<String, String> flags, Map<String, String> env)
      throws IOException {
    var said = first(flags.get(flag)).map(Secret::of);
    try {
      return said.isPresent() ? said : Secret.find(variable, env);
    } catch (TrackingException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /// A path is taken from the directory, a URI as it is.
  private static String absolute(String place, Path directory) {
    return place.matches("[a-zA-Z][a-zA-Z0-9+.-]+:.*")
        ? place
        : directory.resolve(place).toAbsolutePath().normalize().toString();
  }

  private static Dialect database(String flag, Secret uri, Path directory, Map<String, String> env)
      throws IOException {
    try {
      return DatabaseUri.read(uri, directory, env);
    } catch (TrackingException e) {
      throw new IOException(flag + ": " + e.getMessage(), e);
    }
  }

  private static Optional<Dialect> registry(
      Secret store, Path directory, Map<String, String> flags, Map<String, String> env)
      throws IOException {
    var uri = named("registry-store-uri", "MLFLOW_REGISTRY_STORE_URI", flags, env);
    return uri.isEmpty() || uri.get().text().equals(store.text())
        ? Optional.empty()
        : Optional.of(database("--registry-store-uri", uri.get(), directory, env));
  }

  private static ServedCalls served(Map<String, String> flags, Map<String, String> env)
      throws IOException {
    var proxy = first(flags.get("serve-artifacts"), env.get("MLFLOW_SERVE_ARTIFACTS"));
    var only = first(flags.get("artifacts-only"), env.get("MLFLOW_ARTIFACTS_ONLY"));
    var proxied = yes("--serve-artifacts (MLFLOW_SERVE_ARTIFACTS)", proxy.orElse("true"));
    if (!yes("--artifacts-only (MLFLOW_ARTIFACTS_ONLY)", only.orElse("false"))) {
      return proxied ? ServedCalls.ALL : ServedCalls.WITHOUT_PROXY;
    }
    if (!proxied) {
      throw new IOException("--artifacts-only and --no-serve-artifacts leave nothing to serve");
    }
    return ServedCalls.PROXY_ONLY;
  }

  /// The words that MLflow takes.
  private static boolean yes(String setting, String word) throws IOException {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "true", "1", "yes", "on", "t", "y" -> true;
      case "false", "0", "no", "off", "f", "n" -> false;
      default -> throw new IOException(setting + " '" + word + "' must be true or false");
    };
  }

  private static WebhookSettings webhooks(Map<String, String> env) throws IOException {
    try {
      return WebhookSettings.read(env);
    } catch (TrackingException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private static @Nullable String databaseOnly(@Nullable String trackingUri) {
    return trackingUri != null && DatabaseUri.isDatabase(trackingUri) ? trackingUri : null;
  }

  private static int port(String text) throws IOException {
    try {
      var port = Integer.parseInt(text);
      if (port >= 0 && port <= 65535) {
        return port;
      }
    } catch (NumberFormatException _) {
      // said below, with the range
    }
    throw new IOException(PORT + " (--port) '" + text + "' must be a port, 0 to 65535");
  }

  private static Optional<String> first(@Nullable String... values) {
    for (var value : values) {
      if (value != null && !value.isBlank()) {
        return Optional.of(value);
      }
    }
    return Optional.empty();
  }

  ListenAddress address() {
    return new ListenAddress(host, port, PORT, "--port");
  }
}
