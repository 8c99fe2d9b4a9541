package io.mlopscore.tracking.webhooks;

import java.time.Duration;

/// What the receiver of a webhook answered.
///
/// @param retryAfter how long it asks to wait; zero if it does not ask
/// @param body at most the first 64 kB of it
public record WebhookAnswer(int status, Duration retryAfter, String body) {
  /// Redirects are not followed, so they are no success either.
  public boolean isSuccess() {
    return status >= 200 && status < 300;
  }

  boolean isWorthAnotherTry() {
    return switch (status) {
      case 429, 500, 502, 503, 504 -> true;
      default -> false;
    };
  }
}
