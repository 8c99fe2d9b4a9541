package io.mlopscore.tracking.auth;

import io.mlopscore.tracking.ErrorCode;
import io.mlopscore.tracking.TrackingException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/// The kinds of things that MLflow grants permissions on.
public enum ResourceType {
  ASSESSMENT,
  EXPERIMENT,
  GATEWAY_ENDPOINT,
  GATEWAY_MODEL_DEFINITION,
  GATEWAY_SECRET,
  LOGGED_MODEL,
  MCP_SERVER,
  MCP_SERVER_VERSION,
  PROMPT,
  PROMPT_VERSION,
  REGISTERED_MODEL,
  REGISTERED_MODEL_VERSION,
  REVIEW_QUEUE,
  RUN,
  SCORER,
  SCORER_VERSION,
  TRACE,
  WORKSPACE;

  private static final Set<ResourceType> BY_ID =
      Set.of(
          EXPERIMENT,
          REGISTERED_MODEL,
          PROMPT,
          SCORER,
          GATEWAY_SECRET,
          GATEWAY_ENDPOINT,
          GATEWAY_MODEL_DEFINITION,
          MCP_SERVER);

  /// As the database and messages have it.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// Whether one of them can be granted, not only all.
  public boolean byId() {
    return BY_ID.contains(this);
  }

  /// @throws TrackingException if there is no such kind
  public static ResourceType of(String word) {
    return Arrays.stream(values())
        .filter(type -> type.word().equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new TrackingException(
                    ErrorCode.INVALID_PARAMETER_VALUE,
                    "Invalid resource type '"
                        + word
                        + "'. Valid resource types are: "
                        + Arrays.stream(values())
                            .map(type -> "'" + type.word() + "'")
                            .collect(Collectors.joining(", ", "(", ")"))));
  }

  /// @param pattern an id, or `*` for all
  /// @throws TrackingException if only all of them can be granted
  public void checkPattern(String pattern) {
    if (!pattern.equals(Grant.ALL) && !byId()) {
      throw new TrackingException(
          ErrorCode.INVALID_PARAMETER_VALUE,
          "Invalid resource_pattern '"
              + pattern
              + "' for resource_type='"
              + word()
              + "'. This resource type supports only wildcard ('*') grants.");
    }
  }
}
