package io.mlopscore.tracking.webhooks;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a caller says about a webhook; null, or no events, for what is left as it is.
public record WebhookFields(
    @Nullable String name,
    @Nullable String description,
    @Nullable String url,
    List<WebhookEvent> events,
    @Nullable String secret,
    @Nullable WebhookStatus status) {
  public WebhookFields {
    events = List.copyOf(events);
  }

  /// Without the secret, because records end up in logs.
  @Override
  public String toString() {
    return "WebhookFields[name=" + name + ", url=" + url + ", events=" + events + "]";
  }
}
