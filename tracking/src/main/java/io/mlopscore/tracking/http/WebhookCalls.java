package io.mlopscore.tracking.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlopscore.tracking.ErrorCode;
import io.mlopscore.tracking.TrackingException;
import io.mlopscore.tracking.webhooks.Webhook;
import io.mlopscore.tracking.webhooks.WebhookEvent;
import io.mlopscore.tracking.webhooks.WebhookFields;
import io.mlopscore.tracking.webhooks.WebhookSender;
import io.mlopscore.tracking.webhooks.WebhookStatus;
import io.mlopscore.tracking.webhooks.Webhooks;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The calls under `webhooks`.
public final class WebhookCalls {
  private final Webhooks webhooks;
  private final WebhookSender sender;

  public WebhookCalls(Webhooks webhooks, WebhookSender sender) {
    this.webhooks = webhooks;
    this.sender = sender;
  }

  Map<String, Rpc> table() {
    return Map.ofEntries(
        Map.entry("POST webhooks", this::create),
        Map.entry("GET webhooks", this::list),
        Map.entry("GET webhooks/{webhook_id}", call -> answer(webhooks.get(id(call)))),
        Map.entry("PATCH webhooks/{webhook_id}", this::update),
        Map.entry("DELETE webhooks/{webhook_id}", this::delete),
        Map.entry("POST webhooks/{webhook_id}/test", this::test));
  }

  private static String id(Call call) {
    return call.required("webhook_id");
  }

  private ObjectNode create(Call call) {
    call.required("name");
    call.required("url");
    if (call.objects("events").findAny().isEmpty()) {
      throw Call.missing("events");
    }
    return answer(
        webhooks.create(
            new WebhookFields(
                call.optional("name"),
                call.optional("description"),
                call.optional("url"),
                events(call),
                call.optional("secret"),
                status(call))));
  }

  private ObjectNode list(Call call) {
    var page = Page.of(call, 100, 1000);
    return page.write("webhooks", webhooks.list(0, page.needed()), WebhookCalls::message);
  }

  /// An empty description or secret takes the place of an old one; an empty name or URL does not.
  private ObjectNode update(Call call) {
    return answer(
        webhooks.update(
            id(call),
            new WebhookFields(
                call.optional("name"),
                given(call, "description"),
                call.optional("url"),
                events(call),
                given(call, "secret"),
                status(call))));
  }

  private static @Nullable String given(Call call, String name) {
    return call.fields().hasNonNull(name) ? call.text(name) : null;
  }

  private ObjectNode delete(Call call) {
    webhooks.delete(id(call));
    return Messages.empty();
  }

  private ObjectNode test(Call call) {
    var webhook = webhooks.get(id(call));
    var event =
        call.fields().hasNonNull("event")
            ? event(call.object("event"))
            : webhook.events().getFirst();
    return Messages.of("result", tested(webhook, event));
  }

  private ObjectNode tested(Webhook webhook, WebhookEvent event) {
    try {
      var answer = sender.sendExample(webhook, event);
      return Messages.empty()
          .put("success", answer.isSuccess())
          .put("response_status", answer.status())
          .put("response_body", answer.body());
    } catch (IOException | TrackingException e) {
      return failed(String.valueOf(e.getMessage()));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return failed("the server is being stopped");
    }
  }

  private static ObjectNode failed(String why) {
    return Messages.empty()
        .put("success", false)
        .put("error_message", "Failed to test webhook: " + why);
  }

  private static List<WebhookEvent> events(Call call) {
    return call.objects("events").map(WebhookCalls::event).toList();
  }

  private static WebhookEvent event(Call call) {
    return WebhookEvent.of(call.required("entity"), call.required("action"));
  }

  private static @Nullable WebhookStatus status(Call call) {
    var status = call.text("status");
    if (status.isEmpty()) {
      return null;
    }
    return Arrays.stream(WebhookStatus.values())
        .filter(known -> known.name().equals(status))
        .findFirst()
        .orElseThrow(
            () ->
                new TrackingException(
                    ErrorCode.INVALID_PARAMETER_VALUE,
                    "Invalid value \"" + status + "\" for parameter 'status' supplied."));
  }

  private static ObjectNode answer(Webhook webhook) {
    return Messages.of("webhook", message(webhook));
  }

  private static ObjectNode message(Webhook webhook) {
    var message =
        Messages.empty()
            .put("webhook_id", webhook.id())
            .put("name", webhook.name())
            .put("url", webhook.url());
    Messages.list(message, "events", webhook.events(), WebhookCalls::message);
    Messages.putIfPresent(message, "description", webhook.description());
    return message
        .put("status", webhook.status().name())
        .put("creation_timestamp", webhook.creationTime())
        .put("last_updated_timestamp", webhook.lastUpdatedTime());
  }

  private static ObjectNode message(WebhookEvent event) {
    return Messages.empty()
        .put("entity", event.entity().name())
        .put("action", event.action().name());
  }
}
