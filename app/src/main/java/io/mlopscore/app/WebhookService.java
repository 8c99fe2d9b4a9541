package io.mlopscore.app;

import io.mlopscore.tracking.ModelRegistry;
import io.mlopscore.tracking.http.WebhookCalls;
import io.mlopscore.tracking.sql.Database;
import io.mlopscore.tracking.sql.SqlWebhooks;
import io.mlopscore.tracking.webhooks.Fernet;
import io.mlopscore.tracking.webhooks.WebhookAddresses;
import io.mlopscore.tracking.webhooks.WebhookDelivery;
import io.mlopscore.tracking.webhooks.WebhookRules;
import io.mlopscore.tracking.webhooks.WebhookSender;
import io.mlopscore.tracking.webhooks.WebhookSettings;
import java.security.SecureRandom;
import java.time.Clock;
import javax.net.ssl.SSLSocketFactory;

/// The webhooks of a tracking database: the calls that manage them, and their delivery.
record WebhookService(WebhookCalls calls, WebhookDelivery delivery) implements AutoCloseable {
  static WebhookService start(Database database, ModelRegistry registry, WebhookSettings settings) {
    var clock = Clock.systemUTC();
    var random = new SecureRandom();
    var cipher =
        settings
            .encryptionKey()
            .map(key -> Fernet.of(key, random, clock))
            .orElseGet(() -> Fernet.withFreshKey(random, clock));
    var addresses = new WebhookAddresses(settings);
    var webhooks = new SqlWebhooks(database, new WebhookRules(addresses), cipher, clock);
    var sender = new WebhookSender(webhooks, addresses, settings, WebhookService::tls, clock);
    return new WebhookService(
        new WebhookCalls(webhooks, sender),
        new WebhookDelivery(webhooks, registry, sender, settings.workers()));
  }

  /// Asked only once something is sent: reading the trusted certificates takes a part of a start.
  private static SSLSocketFactory tls() {
    return (SSLSocketFactory) SSLSocketFactory.getDefault();
  }

  @Override
  public void close() {
    delivery.close();
  }
}
