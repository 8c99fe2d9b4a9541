package io.mlopscore.tracking.webhooks;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// What a webhook is told when it is tried out: the examples of MLflow's documentation.
final class WebhookExample {
  private WebhookExample() {}

  static WebhookMessage of(WebhookEvent event) {
    return new WebhookMessage(event, data(event));
  }

  private static ObjectNode data(WebhookEvent event) {
    return switch (event.entity()) {
      case REGISTERED_MODEL -> described(model(), "An example registered model");
      case MODEL_VERSION ->
          described(
              model()
                  .put("version", "1")
                  .put("source", "models:/123")
                  .put("run_id", "abcd1234abcd5678"),
              "An example model version");
      case MODEL_VERSION_TAG -> tag(event, model().put("version", "1"));
      case MODEL_VERSION_ALIAS -> alias(event, model());
      case PROMPT -> described(prompt(), "An example prompt");
      case PROMPT_VERSION ->
          described(
              prompt().put("version", "1").put("template", "Hello {{name}}!"),
              "An example prompt version");
      case PROMPT_TAG -> tag(event, prompt());
      case PROMPT_VERSION_TAG -> tag(event, prompt().put("version", "1"));
      case PROMPT_ALIAS -> alias(event, prompt());
      case BUDGET_POLICY -> budget();
    };
  }

  private static ObjectNode model() {
    return JsonNodeFactory.instance.objectNode().put("name", "example_model");
  }

  private static ObjectNode prompt() {
    return JsonNodeFactory.instance.objectNode().put("name", "example_prompt");
  }

  private static ObjectNode described(ObjectNode data, String description) {
    data.putObject("tags").put("example_key", "example_value");
    return data.put("description", description);
  }

  private static ObjectNode tag(WebhookEvent event, ObjectNode data) {
    data.put("key", "example_key");
    return event.action() == WebhookEvent.Action.SET ? data.put("value", "example_value") : data;
  }

  private static ObjectNode alias(WebhookEvent event, ObjectNode data) {
    data.put("alias", "example_alias");
    return event.action() == WebhookEvent.Action.CREATED ? data.put("version", "1") : data;
  }

  private static ObjectNode budget() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("budget_policy_id", "bp-abc123")
        .put("budget_unit", "USD")
        .put("budget_amount", 100.0)
        .put("current_spend", 105.5)
        .put("duration_unit", "MONTHS")
        .put("duration_value", 1)
        .put("target_scope", "ENDPOINT")
        .put("workspace", "default")
        .put("target_value", "ep-abc123")
        .put("window_start", 1_704_067_200_000L);
  }
}
