package io.mlopscore.tracking.webhooks;

import io.mlopscore.tracking.ErrorCode;
import io.mlopscore.tracking.TrackingException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a caller may say about a webhook.
public record WebhookRules(WebhookAddresses addresses) {
  private static final Pattern NAME =
      Pattern.compile("(?=.{1,63}$)[a-zA-Z0-9]([a-zA-Z0-9._-]*[a-zA-Z0-9])?");

  /// A new webhook needs a name, a URL and events.
  ///
  /// @throws TrackingException in MLflow's words
  public void checkNew(WebhookFields fields) {
    name(fields.name() == null ? "" : fields.name());
    addresses.check(fields.url() == null ? "" : fields.url());
    if (fields.events().isEmpty()) {
      throw new TrackingException(
          ErrorCode.INVALID_PARAMETER_VALUE,
          "Webhook events must be a non-empty list of WebhookEvent objects: [].");
    }
    lengths(fields);
  }

  /// @throws TrackingException in MLflow's words
  public void checkChange(WebhookFields fields) {
    if (fields.name() != null) {
      name(fields.name());
    }
    if (fields.url() != null) {
      addresses.check(fields.url());
    }
    lengths(fields);
  }

  private static void name(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new TrackingException(
          ErrorCode.INVALID_PARAMETER_VALUE,
          "Webhook name '"
              + name
              + "' is invalid. It must start and end with a letter or digit, be less than 63"
              + " characters long, and contain only letters, digits, dots (.), underscores (_), and"
              + " hyphens (-).");
    }
  }

  /// What the columns hold; MLflow finds out in the database, and only where that counts.
  private static void lengths(WebhookFields fields) {
    length("URL", fields.url(), 500);
    length("description", fields.description(), 1000);
    length("secret", fields.secret(), 500);
  }

  private static void length(String what, @Nullable String text, int most) {
    if (text != null && text.length() > most) {
      throw new TrackingException(
          ErrorCode.INVALID_PARAMETER_VALUE,
          "Webhook " + what + " is longer than " + most + " characters.");
    }
  }
}
