package io.mlopscore.serving;

import io.mlopscore.tracking.http.TrustedProxies;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// Everything that can be set about the prediction API. A flag wins over the environment, that over
/// `mlops.yaml`, that over the default.
///
/// @param host address to bind: `--host`, `MLOPS_API_HOST`, `serving.host`; `127.0.0.1`
/// @param port port to bind, 0 for any free one: `--port`, `MLOPS_API_PORT`, `serving.port`; 8000
/// @param environment `ENVIRONMENT`, `serving.environment`; development
/// @param keys `API_KEY` (one key or several, separated by commas) and `API_KEYS_FILE` (lines of
///     `<id> <SHA-256 in hex>`), which is read again at each reload interval; none
/// @param cors `CORS_ORIGINS`, `serving.cors_origins`; `*` in development, otherwise none
/// @param logLevel `LOG_LEVEL`, `serving.log_level`; INFO, which logs every request. WARNING logs
///     those that failed
/// @param modelDir `--model-dir`, `MODEL_DIR`, `serving.model_dir`: serve this folder, not
///     the registry
/// @param trackingUri `--tracking-uri`, `MLFLOW_TRACKING_URI`, `tracking.uri`;
///     `sqlite:///mlflow.db`
/// @param modelName registered model: `--model`, `MLOPS_MODEL_NAME`, `model.name`
/// @param modelAlias `--alias`, `MLOPS_MODEL_ALIAS`, `model.alias`; champion
/// @param title what `GET /` and the API description say: `serving.title`
/// @param healthLimit `--limit-health`, `MLOPS_LIMIT_HEALTH`, `serving.limits.health`; off. A limit
///     is written `30/minute` and counts for each client address, and for each key
/// @param predictLimit `--limit-predict`, `MLOPS_LIMIT_PREDICT`, `serving.limits.predict`; off
/// @param infoLimit `--limit-info`, `MLOPS_LIMIT_INFO`, `serving.limits.info`; off
/// @param failedKeyLimit wrong or missing keys for each address: `MLOPS_LIMIT_FAILED_KEYS`,
///     `serving.limits.failed_keys`; 20/minute
/// @param limitsRedis a Redis in which all processes count limits together:
///     `MLOPS_LIMITS_REDIS=redis://:password@host:6379/0`, or `rediss://` for TLS, or
///     `MLOPS_LIMITS_REDIS_FILE` for a file that holds it; none, each process counts for itself
/// @param trustedProxies `TRUSTED_PROXIES`, `serving.trusted_proxies`: address blocks separated by
///     commas whose `X-Forwarded-*` headers are believed; none
/// @param https whether callers always come by https: `MLOPS_HTTPS`, `serving.https`; false, then
///     only a trusted proxy's `X-Forwarded-Proto: https` says so
/// @param maxBody largest request body in bytes: `MLOPS_MAX_BODY`, `serving.max_body`; 65536
/// @param maxConnections `MLOPS_MAX_CONNECTIONS`, `serving.max_connections`; 4096
/// @param idleTimeout when a connection is cut that is silent, or keeps the server waiting in the
///     middle of a request: `MLOPS_IDLE_TIMEOUT`, `serving.idle_timeout`, in seconds; 60
/// @param gracePeriod how long a stop waits for requests: `MLOPS_GRACE_PERIOD`,
///     `serving.grace_period`, in seconds; 10
/// @param reloadInterval how often a new model is looked for: `MLOPS_RELOAD_INTERVAL`,
///     `serving.reload_interval`, in seconds; 5
/// @param cloudProject the Google Cloud project whose traces log lines name:
///     `GOOGLE_CLOUD_PROJECT`; empty
public record ServingSettings(
    String host,
    int port,
    Environment environment,
    KeySource keys,
    Cors cors,
    ServingLog.Level logLevel,
    Optional<Path> modelDir,
    String trackingUri,
    String modelName,
    String modelAlias,
    String title,
    Optional<RateLimit> healthLimit,
    Optional<RateLimit> predictLimit,
    Optional<RateLimit> infoLimit,
    Optional<RateLimit> failedKeyLimit,
    Optional<RedisAddress> limitsRedis,
    TrustedProxies trustedProxies,
    boolean https,
    int maxBody,
    int maxConnections,
    Duration idleTimeout,
    Duration gracePeriod,
    Duration reloadInterval,
    String cloudProject) {

  private static final int MIN_KEY_LENGTH = 32;

  public ServingSettings {
    StartRules.check(host, environment, keys.read(), cors);
  }

  /// Reads the settings, and refuses those with which the service must not start.
  ///
  /// @param flags by name without dashes, such as `port`
  /// @param env the process environment
  /// @param yaml the content of `mlops.yaml`; empty if there is none
  /// @throws SettingException naming the setting and what it may be
  public static ServingSettings read(
      Map<String, String> flags, Map<String, String> env, Map<String, ?> yaml) {
    var from = new SettingsReader(flags, env, yaml);
    var environment =
        Environment.parse(from.text("", "ENVIRONMENT", "serving.environment", "development"));
    return new ServingSettings(
        from.text("host", "MLOPS_API_HOST", "serving.host", "127.0.0.1"),
        from.number("port", "MLOPS_API_PORT", "serving.port", 8000, 0, 65535),
        environment,
        keys(from, environment),
        cors(from, environment),
        ServingLog.Level.parse(from.text("", "LOG_LEVEL", "serving.log_level", "INFO")),
        from.find("model-dir", "MODEL_DIR", "serving.model_dir").map(Path::of),
        from.text("tracking-uri", "MLFLOW_TRACKING_URI", "tracking.uri", "sqlite:///mlflow.db"),
        from.text("model", "MLOPS_MODEL_NAME", "model.name", "model"),
        from.text("alias", "MLOPS_MODEL_ALIAS", "model.alias", "champion"),
        from.text("", "MLOPS_API_TITLE", "serving.title", "Prediction API"),
        from.limit("limit-health", "MLOPS_LIMIT_HEALTH", "serving.limits.health", "off"),
        from.limit("limit-predict", "MLOPS_LIMIT_PREDICT", "serving.limits.predict", "off"),
        from.limit("limit-info", "MLOPS_LIMIT_INFO", "serving.limits.info", "off"),
        from.limit("", "MLOPS_LIMIT_FAILED_KEYS", "serving.limits.failed_keys", "20/minute"),
        RedisAddress.find(env),
        proxies(from),
        from.flag("MLOPS_HTTPS", "serving.https"),
        from.number("", "MLOPS_MAX_BODY", "serving.max_body", 65_536, 1, 64 << 20),
        from.number("", "MLOPS_MAX_CONNECTIONS", "serving.max_connections", 4096, 1, 1_000_000),
        from.seconds("MLOPS_IDLE_TIMEOUT", "serving.idle_timeout", 60),
        from.seconds("MLOPS_GRACE_PERIOD", "serving.grace_period", 10),
        from.seconds("MLOPS_RELOAD_INTERVAL", "serving.reload_interval", 5),
        from.text("", "GOOGLE_CLOUD_PROJECT", "", ""));
  }

  private static KeySource keys(SettingsReader from, Environment environment) {
    int shortest =
        switch (environment) {
          case DEVELOPMENT -> 1;
          case STAGING, PRODUCTION -> MIN_KEY_LENGTH;
        };
    return new KeySource(
        ApiKeys.parse(from.text("", "API_KEY", "", ""), shortest),
        from.find("", "API_KEYS_FILE", "serving.api_keys_file").map(Path::of));
  }

  private static Cors cors(SettingsReader from, Environment environment) {
    var origins =
        switch (environment) {
          case DEVELOPMENT -> "*";
          case STAGING, PRODUCTION -> "";
        };
    return Cors.parse(from.text("", "CORS_ORIGINS", "serving.cors_origins", origins));
  }

  private static TrustedProxies proxies(SettingsReader from) {
    try {
      return TrustedProxies.parse(from.text("", "TRUSTED_PROXIES", "serving.trusted_proxies", ""));
    } catch (IllegalArgumentException e) {
      throw new SettingException("TRUSTED_PROXIES", String.valueOf(e.getMessage()));
    }
  }
}
