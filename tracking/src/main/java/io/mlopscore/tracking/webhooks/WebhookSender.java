package io.mlopscore.tracking.webhooks;

import java.io.IOException;
import java.time.Clock;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import javax.net.ssl.SSLSocketFactory;

/// Sends messages to webhooks, again if need be.
public final class WebhookSender {
  private final Webhooks webhooks;
  private final WebhookAddresses addresses;
  private final WebhookRetries retries;
  private final WebhookConnection connection;
  private final Clock clock;

  /// @param tls trusts the certificates of receivers
  public WebhookSender(
      Webhooks webhooks,
      WebhookAddresses addresses,
      WebhookSettings settings,
      Supplier<SSLSocketFactory> tls,
      Clock clock) {
    this.webhooks = webhooks;
    this.addresses = addresses;
    this.clock = clock;
    retries = WebhookRetries.of(settings, RandomGenerator.getDefault());
    connection = new WebhookConnection(addresses, tls, settings.timeout(), clock);
  }

  /// Sends until it is taken or not worth another try.
  ///
  /// @return the last answer
  /// @throws IOException if there was none
  public WebhookAnswer send(Webhook webhook, WebhookMessage message)
      throws IOException, InterruptedException {
    addresses.check(webhook.url());
    var request =
        WebhookRequest.of(
            webhook.url(),
            message,
            webhooks.secret(webhook.id()),
            UUID.randomUUID().toString(),
            clock.instant());
    return retries.run(() -> connection.post(request));
  }

  /// Sends an example.
  public WebhookAnswer sendExample(Webhook webhook, WebhookEvent event)
      throws IOException, InterruptedException {
    return send(webhook, WebhookExample.of(event));
  }
}
