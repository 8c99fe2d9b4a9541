package io.mlopscore.tracking.webhooks;

import io.helidon.http.HeaderNames;
import io.helidon.webclient.api.DnsAddressLookup;
import io.helidon.webclient.api.Proxy;
import io.helidon.webclient.http1.Http1Client;
import io.helidon.webclient.spi.DnsResolver;
import io.mlopscore.tracking.TrackingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.UUID;
import java.util.random.RandomGenerator;

/// Sends messages to webhooks, again if need be.
///
/// It connects to the address that [WebhookAddresses] has checked and to no other, follows no
/// redirects, and uses no proxy, which would connect for it.
public final class WebhookSender {
  private static final int MOST_READ = 64 << 10;

  private final Webhooks webhooks;
  private final WebhookAddresses addresses;
  private final WebhookRetries retries;
  private final Http1Client client;
  private final Clock clock;

  public WebhookSender(
      Webhooks webhooks, WebhookAddresses addresses, WebhookSettings settings, Clock clock) {
    this(
        webhooks,
        addresses,
        settings,
        WebhookRetries.of(settings, RandomGenerator.getDefault()),
        clock);
  }

  WebhookSender(
      Webhooks webhooks,
      WebhookAddresses addresses,
      WebhookSettings settings,
      WebhookRetries retries,
      Clock clock) {
    this.webhooks = webhooks;
    this.addresses = addresses;
    this.retries = retries;
    this.clock = clock;
    client =
        Http1Client.builder()
            .dnsResolver(new CheckedResolver(addresses))
            .followRedirects(false)
            .proxy(Proxy.noProxy())
            .connectTimeout(settings.timeout())
            .readTimeout(settings.timeout())
            .keepAlive(false)
            .shareConnectionCache(false)
            .build();
  }

  /// Looks names up only through the check.
  private record CheckedResolver(WebhookAddresses addresses) implements DnsResolver {
    @Override
    public InetAddress resolveAddress(String host, DnsAddressLookup lookup) {
      return addresses.connectable(host);
    }
  }

  /// Sends until it is taken or not worth another try.
  ///
  /// @return the last answer
  /// @throws IOException if there was none
  public WebhookAnswer send(Webhook webhook, WebhookMessage message)
      throws IOException, InterruptedException {
    addresses.check(webhook.url());
    var secret = webhooks.secret(webhook.id());
    var request =
        WebhookRequest.of(
            webhook.url(), message, secret, UUID.randomUUID().toString(), clock.instant());
    return retries.run(() -> send(request));
  }

  /// Sends an example.
  public WebhookAnswer sendExample(Webhook webhook, WebhookEvent event)
      throws IOException, InterruptedException {
    return send(webhook, WebhookExample.of(event));
  }

  private WebhookAnswer send(WebhookRequest request) throws IOException {
    var call = client.post().uri(URI.create(request.url()));
    request.headers().forEach((name, value) -> call.header(HeaderNames.create(name), value));
    try (var response = call.submit(request.body().getBytes(StandardCharsets.UTF_8))) {
      var body =
          response.entity().hasEntity()
              ? response.inputStream().readNBytes(MOST_READ)
              : new byte[0];
      var wait = response.headers().first(HeaderNames.RETRY_AFTER).orElse("");
      return new WebhookAnswer(
          response.status().code(),
          WebhookRetries.retryAfter(wait, clock),
          new String(body, StandardCharsets.UTF_8));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } catch (TrackingException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new IOException(e.getMessage(), e);
    }
  }
}
