package io.mlopscore.tracking.webhooks;

import java.util.List;

/// An address that is told of events. Its secret is not here, so that nothing can show it.
///
/// @param description empty if there is none
/// @param creationTime milliseconds since the epoch
/// @param lastUpdatedTime milliseconds since the epoch
public record Webhook(
    String id,
    String name,
    String description,
    String url,
    WebhookStatus status,
    List<WebhookEvent> events,
    long creationTime,
    long lastUpdatedTime) {
  public Webhook {
    events = List.copyOf(events);
  }
}
