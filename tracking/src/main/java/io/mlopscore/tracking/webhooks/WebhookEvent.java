package io.mlopscore.tracking.webhooks;

import io.mlopscore.tracking.ErrorCode;
import io.mlopscore.tracking.TrackingException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// What a webhook is sent for: something happened to a kind of thing.
public record WebhookEvent(Entity entity, Action action) {
  /// @throws TrackingException if MLflow knows no such event
  public WebhookEvent {
    if (!entity.actions().contains(action)) {
      throw new TrackingException(
          ErrorCode.INVALID_PARAMETER_VALUE,
          "Invalid action '"
              + action.text()
              + "' for entity '"
              + entity.text()
              + "'. Valid actions are: "
              + entity.actions().stream().map(valid -> "'" + valid.text() + "'").toList());
    }
  }

  public enum Entity {
    REGISTERED_MODEL,
    MODEL_VERSION,
    MODEL_VERSION_TAG,
    MODEL_VERSION_ALIAS,
    PROMPT,
    PROMPT_VERSION,
    PROMPT_TAG,
    PROMPT_VERSION_TAG,
    PROMPT_ALIAS,
    BUDGET_POLICY;

    private List<Action> actions() {
      return switch (this) {
        case REGISTERED_MODEL, MODEL_VERSION, PROMPT, PROMPT_VERSION -> List.of(Action.CREATED);
        case MODEL_VERSION_TAG, PROMPT_TAG, PROMPT_VERSION_TAG ->
            List.of(Action.DELETED, Action.SET);
        case MODEL_VERSION_ALIAS, PROMPT_ALIAS -> List.of(Action.CREATED, Action.DELETED);
        case BUDGET_POLICY -> List.of(Action.EXCEEDED);
      };
    }

    /// As it stands in the database and in what is sent.
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public enum Action {
    CREATED,
    UPDATED,
    DELETED,
    SET,
    EXCEEDED;

    /// As it stands in the database and in what is sent.
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// @param entity in any case, such as `MODEL_VERSION`
  /// @throws TrackingException if MLflow knows no such event
  public static WebhookEvent of(String entity, String action) {
    return new WebhookEvent(
        named(Entity.values(), "entity", entity), named(Action.values(), "action", action));
  }

  private static <T extends Enum<T>> T named(T[] values, String kind, String name) {
    return Arrays.stream(values)
        .filter(value -> value.name().equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(
            () ->
                new TrackingException(
                    ErrorCode.INVALID_PARAMETER_VALUE,
                    "Invalid " + kind + " '" + name + "' of a webhook event."));
  }
}
