package io.mlopscore.tracking.http;

import java.util.Optional;
import java.util.regex.Pattern;

/// Which of MLflow's calls a server answers.
public enum ServedCalls {
  ALL,
  /// `--no-serve-artifacts`: clients reach the places of artifacts themselves.
  WITHOUT_PROXY,
  /// `--artifacts-only`: runs are tracked by another server.
  PROXY_ONLY;

  private static final Pattern PROXY =
      Pattern.compile("/(?:ajax-)?api/[23]\\.0/mlflow-artifacts/.*");
  private static final Pattern INFO = Pattern.compile("/(?:ajax-)?api/[23]\\.0/mlflow/server-info");

  boolean hasProxy() {
    return this != WITHOUT_PROXY;
  }

  /// Why a call is not answered here, in MLflow's words; empty if it is.
  Optional<String> refusal(String path) {
    var proxied = PROXY.matcher(path).matches();
    return switch (this) {
      case ALL -> Optional.empty();
      case WITHOUT_PROXY ->
          proxied
              ? disabled(
                  path,
                  "with `--no-serve-artifacts`. To enable artifacts server functionality, run"
                      + " `mlflow server` with `--serve-artifacts`")
              : Optional.empty();
      case PROXY_ONLY ->
          proxied || INFO.matcher(path).matches()
              ? Optional.empty()
              : disabled(
                  path,
                  "in `--artifacts-only` mode. To enable tracking server functionality, run"
                      + " `mlflow server` without `--artifacts-only`");
    };
  }

  private static Optional<String> disabled(String path, String why) {
    return Optional.of("Endpoint: " + path + " disabled due to the mlflow server running " + why);
  }
}
