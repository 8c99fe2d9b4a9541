package io.mlopscore.tracking.webhooks;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlopscore.tracking.events.RegistryChange;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// What a webhook is told: MLflow's payload of an event.
public record WebhookMessage(WebhookEvent event, ObjectNode data) {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSxxx", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final String IS_PROMPT = "mlflow.prompt.is_prompt";
  private static final String PROMPT_TEXT = "mlflow.prompt.text";
  private static final Set<String> PROMPT_TAGS =
      Set.of(IS_PROMPT, PROMPT_TEXT, "_mlflow_prompt_type");

  /// The message for a change, if MLflow has one for it.
  ///
  /// @param isPrompt whether the registered model of a name holds a prompt; asked only if the
  ///     change itself does not say it
  static Optional<WebhookMessage> of(RegistryChange change, Predicate<String> isPrompt) {
    return switch (change) {
      case RegistryChange.ModelCreated created -> Optional.of(modelCreated(created));
      case RegistryChange.VersionCreated created -> Optional.of(versionCreated(created));
      case RegistryChange.ModelTagChanged(var name, var key, var value) ->
          isPrompt.test(name)
              ? Optional.of(tag("PROMPT_TAG", fields(name), key, value))
              : Optional.empty();
      case RegistryChange.VersionTagChanged(var name, var version, var key, var value) ->
          Optional.of(
              tag(
                  isPrompt.test(name) ? "PROMPT_VERSION_TAG" : "MODEL_VERSION_TAG",
                  fields(name).put("version", Integer.toString(version)),
                  key,
                  value));
      case RegistryChange.AliasSet(var name, var alias, var version) ->
          Optional.of(
              alias(
                  isPrompt.test(name),
                  "CREATED",
                  fields(name).put("alias", alias).put("version", Integer.toString(version))));
      case RegistryChange.AliasDeleted(var name, var alias) ->
          Optional.of(alias(isPrompt.test(name), "DELETED", fields(name).put("alias", alias)));
      case RegistryChange.ModelUpdated _,
          RegistryChange.ModelRenamed _,
          RegistryChange.ModelDeleted _,
          RegistryChange.VersionUpdated _,
          RegistryChange.VersionDeleted _,
          RegistryChange.StageChanged _ ->
          Optional.empty();
    };
  }

  /// Whether these are the tags of a prompt.
  static boolean isPrompt(Map<String, String> tags) {
    return tags.getOrDefault(IS_PROMPT, "").equalsIgnoreCase("true");
  }

  private static WebhookMessage modelCreated(RegistryChange.ModelCreated created) {
    var prompt = isPrompt(created.tags());
    var data = tags(fields(created.name()), created.tags(), prompt);
    data.put("description", created.description());
    return new WebhookMessage(
        WebhookEvent.of(prompt ? "PROMPT" : "REGISTERED_MODEL", "CREATED"), data);
  }

  private static WebhookMessage versionCreated(RegistryChange.VersionCreated created) {
    var version = created.version();
    var prompt = isPrompt(version.tags());
    var data = fields(version.name()).put("version", Integer.toString(version.version()));
    if (prompt) {
      data.put("template", version.tags().get(PROMPT_TEXT));
    } else {
      data.put("source", version.source()).put("run_id", version.runId());
    }
    tags(data, version.tags(), prompt);
    data.put("description", emptyToNull(version.description()));
    return new WebhookMessage(
        WebhookEvent.of(prompt ? "PROMPT_VERSION" : "MODEL_VERSION", "CREATED"), data);
  }

  private static @Nullable String emptyToNull(@Nullable String text) {
    return text == null || text.isEmpty() ? null : text;
  }

  private static WebhookMessage tag(
      String entity, ObjectNode data, String key, @Nullable String value) {
    data.put("key", key);
    return value == null
        ? new WebhookMessage(WebhookEvent.of(entity, "DELETED"), data)
        : new WebhookMessage(WebhookEvent.of(entity, "SET"), data.put("value", value));
  }

  private static WebhookMessage alias(boolean prompt, String action, ObjectNode data) {
    return new WebhookMessage(
        WebhookEvent.of(prompt ? "PROMPT_ALIAS" : "MODEL_VERSION_ALIAS", action), data);
  }

  private static ObjectNode fields(String name) {
    return JsonNodeFactory.instance.objectNode().put("name", name);
  }

  /// Tags that make a prompt one are not told with it.
  private static ObjectNode tags(ObjectNode data, Map<String, String> tags, boolean prompt) {
    var told = data.putObject("tags");
    new TreeMap<>(tags)
        .forEach(
            (key, value) -> {
              if (!prompt || !PROMPT_TAGS.contains(key)) {
                told.put(key, value);
              }
            });
    return data;
  }

  /// What is sent.
  String body(Instant now) {
    var body =
        JsonNodeFactory.instance
            .objectNode()
            .put("entity", event.entity().text())
            .put("action", event.action().text())
            .put("timestamp", TIME.format(now));
    return body.set("data", data).toString();
  }
}
