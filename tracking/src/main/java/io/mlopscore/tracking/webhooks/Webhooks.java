package io.mlopscore.tracking.webhooks;

import java.util.List;
import java.util.Optional;

/// The registered webhooks. All methods throw [io.mlopscore.tracking.TrackingException] with
/// MLflow's code and words.
public interface Webhooks {
  /// @param fields with name, URL and events
  Webhook create(WebhookFields fields);

  Webhook get(String id);

  /// The newest first.
  ///
  /// @param offset how many to leave out
  /// @param most how many to give at most
  List<Webhook> list(int offset, int most);

  Webhook update(String id, WebhookFields fields);

  /// Deletes it; its row stays, marked, as in MLflow.
  void delete(String id);

  /// The active webhooks that are to be told of an event.
  List<Webhook> toldOf(WebhookEvent event);

  /// What the messages to a webhook are signed with.
  Optional<String> secret(String id);
}
