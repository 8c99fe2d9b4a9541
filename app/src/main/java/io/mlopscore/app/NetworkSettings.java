package io.mlopscore.app;

import io.mlopscore.tracking.http.AllowedHosts;
import io.mlopscore.tracking.http.AllowedOrigins;
import io.mlopscore.tracking.http.HostCheck;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// By which addresses the tracking server may be asked, by which web pages, and for how long.
///
/// @param prefix stands before every path of the API and the console, or the empty text:
///     `--static-prefix`, `MLFLOW_STATIC_PREFIX`
/// @param check the hosts of `--allowed-hosts`, `MLFLOW_SERVER_ALLOWED_HOSTS`, this machine and
///     private networks unless said; the origins of `--cors-allowed-origins`,
///     `MLFLOW_SERVER_CORS_ALLOWED_ORIGINS`, beside this machine; the header of
///     `--x-frame-options`, `MLFLOW_SERVER_X_FRAME_OPTIONS`, SAMEORIGIN. Empty with
///     `--disable-security-middleware`, `MLFLOW_SERVER_DISABLE_SECURITY_MIDDLEWARE`
/// @param idleTimeout when a connection is cut that is silent, or keeps the server waiting in the
///     middle of a request: `MLOPS_IDLE_TIMEOUT`, in seconds; 60
record NetworkSettings(String prefix, Optional<HostCheck> check, Duration idleTimeout) {
  private static final String IDLE_TIMEOUT = "MLOPS_IDLE_TIMEOUT";
  private static final int LONGEST = 86_400;

  /// @param flags by name without dashes
  /// @throws IOException naming the setting that is wrong and what it may be
  static NetworkSettings read(Map<String, String> flags, Map<String, String> env)
      throws IOException {
    var prefix = value("static-prefix", "MLFLOW_STATIC_PREFIX", flags, env);
    requirePrefix(prefix);
    var disabled =
        value(
            "disable-security-middleware", "MLFLOW_SERVER_DISABLE_SECURITY_MIDDLEWARE", flags, env);
    return new NetworkSettings(
        prefix,
        disabled.equalsIgnoreCase("true") || disabled.equals("1")
            ? Optional.empty()
            : Optional.of(
                new HostCheck(hosts(flags, env), origins(flags, env), frames(flags, env), prefix)),
        idleTimeout(env.getOrDefault(IDLE_TIMEOUT, "").strip()));
  }

  private static Duration idleTimeout(String text) throws IOException {
    var seconds = text.isEmpty() ? "60" : text;
    if (!seconds.matches("[0-9]{1,5}")
        || Integer.parseInt(seconds) < 1
        || Integer.parseInt(seconds) > LONGEST) {
      throw new IOException(
          "%s '%s' must be a number of seconds, 1 to %d".formatted(IDLE_TIMEOUT, text, LONGEST));
    }
    return Duration.ofSeconds(Integer.parseInt(seconds));
  }

  private static AllowedHosts hosts(Map<String, String> flags, Map<String, String> env) {
    var hosts = list(value("allowed-hosts", "MLFLOW_SERVER_ALLOWED_HOSTS", flags, env));
    return hosts.isEmpty() ? AllowedHosts.local() : AllowedHosts.of(hosts);
  }

  private static AllowedOrigins origins(Map<String, String> flags, Map<String, String> env) {
    return AllowedOrigins.of(
        list(value("cors-allowed-origins", "MLFLOW_SERVER_CORS_ALLOWED_ORIGINS", flags, env)));
  }

  private static String frames(Map<String, String> flags, Map<String, String> env)
      throws IOException {
    var frames =
        value("x-frame-options", "MLFLOW_SERVER_X_FRAME_OPTIONS", flags, env)
            .toUpperCase(Locale.ROOT);
    return switch (frames) {
      case "" -> "SAMEORIGIN";
      case "NONE" -> "";
      case "SAMEORIGIN", "DENY" -> frames;
      default ->
          throw new IOException(
              "--x-frame-options '" + frames + "' must be SAMEORIGIN, DENY or NONE");
    };
  }

  private static void requirePrefix(String prefix) throws IOException {
    if (!prefix.isEmpty() && !prefix.matches("(/[^/{}*?\\[\\]#%\\s]+)+")) {
      throw new IOException(
          "--static-prefix '"
              + prefix
              + "' must begin with a / and not end with one, as in /mlflow");
    }
  }

  private static List<String> list(String text) {
    return Arrays.stream(text.split(",")).map(String::strip).filter(s -> !s.isEmpty()).toList();
  }

  private static String value(
      String flag, String variable, Map<String, String> flags, Map<String, String> env) {
    return flags.getOrDefault(flag, env.getOrDefault(variable, "")).strip();
  }
}
