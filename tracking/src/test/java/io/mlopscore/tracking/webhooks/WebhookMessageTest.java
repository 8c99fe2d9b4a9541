package io.mlopscore.tracking.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.mlopscore.tracking.events.RegistryChange;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What webhooks are told, in MLflow's form.
final class WebhookMessageTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00.5Z");

  private static String body(RegistryChange change, boolean prompt) {
    return WebhookMessage.of(change, _ -> prompt).map(message -> message.body(NOW)).orElse("");
  }

  @Test
  void modelIsToldWithTagsAndDescription() {
    var change = new RegistryChange.ModelCreated("Iris", Map.of("a", "b"), "");
    assertThat(body(change, false))
        .isEqualTo(
            "{\"entity\":\"registered_model\",\"action\":\"created\","
                + "\"timestamp\":\"2026-03-01T12:00:00.500000+00:00\","
                + "\"data\":{\"name\":\"Iris\",\"tags\":{\"a\":\"b\"},\"description\":\"\"}}");
  }

  @Test
  void promptIsToldAsOneWithoutTheTagsThatMakeItOne() {
    var tags = Map.of("mlflow.prompt.is_prompt", "True", "_mlflow_prompt_type", "text", "a", "b");
    assertThat(body(new RegistryChange.ModelCreated("Ask", tags, ""), false))
        .contains("\"entity\":\"prompt\"", "\"tags\":{\"a\":\"b\"}");
    assertThat(body(new RegistryChange.AliasSet("Ask", "live", 2), true))
        .contains("\"entity\":\"prompt_alias\"", "\"alias\":\"live\",\"version\":\"2\"");
  }

  @Test
  void tagOfAModelIsToldOnlyIfItIsAPrompt() {
    var change = new RegistryChange.ModelTagChanged("Iris", "k", "v");
    assertThat(body(change, false)).isEmpty();
    assertThat(body(change, true)).contains("\"entity\":\"prompt_tag\",\"action\":\"set\"");
  }

  @Test
  void whatMlflowHasNoEventForIsNotTold() {
    assertThat(body(new RegistryChange.ModelDeleted("Iris"), false)).isEmpty();
    assertThat(body(new RegistryChange.StageChanged("Iris", 1, "Staging"), false)).isEmpty();
  }

  /// The signature was computed with Python's hmac module.
  @Test
  void messageIsSignedAsMlflowSignsIt() {
    var message =
        new WebhookMessage(
            WebhookEvent.of("MODEL_VERSION_ALIAS", "DELETED"),
            JsonNodeFactory.instance.objectNode());
    var request =
        WebhookRequest.of("https://x.example/", message, Optional.of("secret"), "id-1", NOW);
    assertThat(request.body())
        .isEqualTo(
            "{\"entity\":\"model_version_alias\",\"action\":\"deleted\","
                + "\"timestamp\":\"2026-03-01T12:00:00.500000+00:00\",\"data\":{}}");
    assertThat(request.headers())
        .containsEntry("X-MLflow-Delivery-Id", "id-1")
        .containsEntry("X-MLflow-Timestamp", "1772366400")
        .containsEntry("X-MLflow-Signature", "v1,pow/4P4Wpw45rKJGMoJ5ydAWYH8mNszbqR20eA+wAZE=");
  }

  @Test
  void messageWithoutSecretHasNoSignature() {
    var message = WebhookExample.of(WebhookEvent.of("REGISTERED_MODEL", "CREATED"));
    for (var secret : List.of(Optional.<String>empty(), Optional.of(""))) {
      assertThat(WebhookRequest.of("https://x.example/", message, secret, "id", NOW).headers())
          .doesNotContainKey("X-MLflow-Signature");
    }
  }
}
