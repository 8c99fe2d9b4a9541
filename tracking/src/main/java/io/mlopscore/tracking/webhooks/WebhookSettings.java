package io.mlopscore.tracking.webhooks;

import io.mlopscore.tracking.ErrorCode;
import io.mlopscore.tracking.Secret;
import io.mlopscore.tracking.TrackingException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// How webhooks are kept and sent, by MLflow's environment names.
///
/// @param encryptionKey what secrets are encrypted with in the database, in the form of a Fernet
///     key: `MLFLOW_WEBHOOK_SECRET_ENCRYPTION_KEY` or its twin with `_FILE`, read at the start;
///     without it a key is made that ends with the process, and secrets must be set again after a
///     restart
/// @param timeout for connecting, and for each reading of an answer, seconds:
///     `MLFLOW_WEBHOOK_REQUEST_TIMEOUT`; 30
/// @param workers how many messages are sent at the same time:
///     `MLFLOW_WEBHOOK_DELIVERY_MAX_WORKERS`; 10
/// @param retries how often a failed message is sent again: `MLFLOW_WEBHOOK_REQUEST_MAX_RETRIES`; 3
/// @param schemes of URLs, separated by commas: `MLFLOW_WEBHOOK_ALLOWED_SCHEMES`; https
/// @param privateAddresses whether URLs may lead into private networks, for tests:
///     `MLFLOW_WEBHOOK_ALLOW_PRIVATE_IPS`; false
public record WebhookSettings(
    Optional<String> encryptionKey,
    Duration timeout,
    int workers,
    int retries,
    List<String> schemes,
    boolean privateAddresses) {
  public WebhookSettings {
    schemes = List.copyOf(schemes);
  }

  /// @throws TrackingException naming the setting that is wrong
  public static WebhookSettings read(Map<String, String> env) {
    return new WebhookSettings(
        Secret.find("MLFLOW_WEBHOOK_SECRET_ENCRYPTION_KEY", env).map(Secret::text),
        Duration.ofSeconds(whole(env, "MLFLOW_WEBHOOK_REQUEST_TIMEOUT", 30, 1)),
        whole(env, "MLFLOW_WEBHOOK_DELIVERY_MAX_WORKERS", 10, 1),
        whole(env, "MLFLOW_WEBHOOK_REQUEST_MAX_RETRIES", 3, 0),
        Arrays.stream(env.getOrDefault("MLFLOW_WEBHOOK_ALLOWED_SCHEMES", "https").split(",", -1))
            .map(String::strip)
            .toList(),
        List.of("true", "1")
            .contains(
                env.getOrDefault("MLFLOW_WEBHOOK_ALLOW_PRIVATE_IPS", "").toLowerCase(Locale.ROOT)));
  }

  private static int whole(Map<String, String> env, String name, int otherwise, int least) {
    var text = env.getOrDefault(name, "");
    try {
      var value = text.isBlank() ? otherwise : Integer.parseInt(text.strip());
      if (value >= least && value <= 100_000) {
        return value;
      }
    } catch (NumberFormatException _) {
      // said below, with the range
    }
    throw new TrackingException(
        ErrorCode.INVALID_PARAMETER_VALUE,
        name + " '" + text + "' must be a whole number, " + least + " to 100000");
  }
}
