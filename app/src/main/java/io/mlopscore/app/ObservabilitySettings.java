package io.mlopscore.app;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// What whoever runs the tracking server can see of it.
///
/// @param metrics whether `/metrics` is served: on a loopback address always, on another only with
///     `--expose-prometheus`, `MLFLOW_EXPOSE_PROMETHEUS`
/// @param slow from when on a request is logged as slow, in milliseconds:
///     `MLOPS_SLOW_REQUEST_MS`; 1000
/// @param slowQuery from when on a statement of SQL is logged as slow, in milliseconds:
///     `MLOPS_SLOW_QUERY_MS`; 500
/// @param accessLog whether every request is logged: `MLOPS_ACCESS_LOG`; false
/// @param collector where traces are sent by OTLP over HTTP: `OTEL_EXPORTER_OTLP_ENDPOINT`; none
/// @param service what the server is called in traces: `OTEL_SERVICE_NAME`; `mlops-tracking`
/// @param cloudProject the Google Cloud project whose traces log lines name:
///     `GOOGLE_CLOUD_PROJECT`; empty
record ObservabilitySettings(
    boolean metrics,
    Duration slow,
    Duration slowQuery,
    boolean accessLog,
    Optional<String> collector,
    String service,
    String cloudProject) {
  private static final String SLOW = "MLOPS_SLOW_REQUEST_MS";
  private static final String SLOW_QUERY = "MLOPS_SLOW_QUERY_MS";

  /// @param host the address to bind
  /// @param flags by name without dashes
  /// @throws IOException naming the setting that is wrong and what it may be
  static ObservabilitySettings read(String host, Map<String, String> flags, Map<String, String> env)
      throws IOException {
    var exposed =
        flags.containsKey("expose-prometheus") || env.containsKey("MLFLOW_EXPOSE_PROMETHEUS");
    return new ObservabilitySettings(
        exposed || isLoopback(host),
        milliseconds(SLOW, "1000", env),
        milliseconds(SLOW_QUERY, "500", env),
        env.getOrDefault("MLOPS_ACCESS_LOG", "").equals("true"),
        Optional.ofNullable(env.get("OTEL_EXPORTER_OTLP_ENDPOINT")).filter(text -> !text.isBlank()),
        env.getOrDefault("OTEL_SERVICE_NAME", "mlops-tracking"),
        env.getOrDefault("GOOGLE_CLOUD_PROJECT", ""));
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException _) {
      return false; // binding it says what is wrong
    }
  }

  private static Duration milliseconds(String name, String usual, Map<String, String> env)
      throws IOException {
    var text = env.getOrDefault(name, usual);
    if (!text.matches("\\d{1,9}")) {
      throw new IOException(name + " '" + text + "' must be a whole number of milliseconds");
    }
    return Duration.ofMillis(Integer.parseInt(text));
  }
}
