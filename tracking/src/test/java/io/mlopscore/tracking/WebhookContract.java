package io.mlopscore.tracking;

import static io.mlopscore.tracking.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.mlopscore.tracking.webhooks.Webhook;
import io.mlopscore.tracking.webhooks.WebhookEvent;
import io.mlopscore.tracking.webhooks.WebhookFields;
import io.mlopscore.tracking.webhooks.WebhookStatus;
import io.mlopscore.tracking.webhooks.Webhooks;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What every database must do with webhooks.
interface WebhookContract {
  WebhookEvent MODEL = WebhookEvent.of("REGISTERED_MODEL", "CREATED");
  WebhookEvent ALIAS = WebhookEvent.of("MODEL_VERSION_ALIAS", "CREATED");

  /// An empty table of webhooks; URLs may lead anywhere.
  Webhooks webhooks();

  private static WebhookFields fields(
      @Nullable String name, @Nullable String secret, List<WebhookEvent> events) {
    return new WebhookFields(
        name, null, name == null ? null : "https://127.0.0.1/hook", events, secret, null);
  }

  @Test
  default void webhookIsReadAsItWasWritten() {
    var created = webhooks().create(fields("first", "key", List.of(MODEL, ALIAS)));
    assertThat(webhooks().get(created.id())).isEqualTo(created);
    assertThat(created.status()).isEqualTo(WebhookStatus.ACTIVE);
    assertThat(created.events()).containsExactlyInAnyOrder(MODEL, ALIAS);
    assertThat(webhooks().secret(created.id())).hasValue("key");
  }

  @Test
  default void changeLeavesWhatItDoesNotName() {
    var created = webhooks().create(fields("first", "key", List.of(MODEL)));
    var change = new WebhookFields(null, "told", null, List.of(), null, WebhookStatus.DISABLED);
    var changed = webhooks().update(created.id(), change);
    assertThat(changed.description()).isEqualTo("told");
    assertThat(changed.status()).isEqualTo(WebhookStatus.DISABLED);
    assertThat(changed.events()).containsExactly(MODEL);
    assertThat(webhooks().secret(created.id())).hasValue("key");

    webhooks().update(created.id(), fields(null, "", List.of(ALIAS)));
    assertThat(webhooks().get(created.id()).events()).containsExactly(ALIAS);
    assertThat(webhooks().secret(created.id())).hasValue("");
  }

  @Test
  default void onlyActiveWebhooksOfAnEventAreToldOfIt() {
    var told = webhooks().create(fields("told", null, List.of(MODEL, ALIAS)));
    var other = webhooks().create(fields("other", null, List.of(ALIAS)));
    var off = webhooks().create(fields("off", null, List.of(MODEL)));
    webhooks()
        .update(
            off.id(), new WebhookFields(null, null, null, List.of(), null, WebhookStatus.DISABLED));
    assertThat(webhooks().toldOf(MODEL)).containsExactly(told);
    webhooks().delete(other.id());
    assertThat(webhooks().toldOf(ALIAS)).containsExactly(told);
  }

  @Test
  default void deletedWebhookIsGone() {
    var created = webhooks().create(fields("first", null, List.of(MODEL)));
    webhooks().delete(created.id());
    assertThat(webhooks().list(0, 10)).isEmpty();
    for (var id : List.of(created.id(), "none")) {
      assertRefused(() -> webhooks().get(id), ErrorCode.RESOURCE_DOES_NOT_EXIST, "not found");
      assertRefused(() -> webhooks().delete(id), ErrorCode.RESOURCE_DOES_NOT_EXIST, "not found");
    }
  }

  @Test
  default void listIsReadInParts() {
    for (var name : List.of("a", "b", "c")) {
      webhooks().create(fields(name, null, List.of(MODEL)));
    }
    var all = webhooks().list(0, 10);
    assertThat(all).extracting(Webhook::name).containsExactlyInAnyOrder("a", "b", "c");
    assertThat(webhooks().list(1, 1)).containsExactly(all.get(1));
  }

  @Test
  default void nameUrlAndEventsAreChecked() {
    for (var name : List.of("", "-a", "a b", "a".repeat(64), "é")) {
      assertRefused(
          () -> webhooks().create(fields(name, null, List.of(MODEL))),
          ErrorCode.INVALID_PARAMETER_VALUE,
          "Webhook name");
    }
    assertRefused(
        () -> webhooks().create(fields("a", null, List.of())),
        ErrorCode.INVALID_PARAMETER_VALUE,
        "Webhook events must be a non-empty list");
    assertRefused(
        () ->
            webhooks().create(new WebhookFields("a", null, "ftp://x", List.of(MODEL), null, null)),
        ErrorCode.INVALID_PARAMETER_VALUE,
        "Invalid webhook URL scheme: 'ftp'. Allowed schemes are: https.");
  }
}
