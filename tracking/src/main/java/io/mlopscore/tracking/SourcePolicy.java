package io.mlopscore.tracking;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Which sources of model versions the operator of a server allows, with MLflow's settings.
///
/// @param pattern found in every allowed source:
///     `MLFLOW_CREATE_MODEL_VERSION_SOURCE_VALIDATION_REGEX`; any
/// @param hostSchemes schemes that may name a host other than this server:
///     `MLFLOW_ALLOWED_HOST_ADDRESSED_ARTIFACT_SCHEMES`, with commas; none
public record SourcePolicy(Optional<Pattern> pattern, Set<String> hostSchemes) {
  public static final String PATTERN = "MLFLOW_CREATE_MODEL_VERSION_SOURCE_VALIDATION_REGEX";
  public static final String HOST_SCHEMES = "MLFLOW_ALLOWED_HOST_ADDRESSED_ARTIFACT_SCHEMES";

  public SourcePolicy {
    hostSchemes = Set.copyOf(hostSchemes);
  }

  public static SourcePolicy of(Map<String, String> environment) {
    var pattern = environment.getOrDefault(PATTERN, "");
    var schemes = environment.getOrDefault(HOST_SCHEMES, "").toLowerCase(Locale.ROOT);
    return new SourcePolicy(
        pattern.isEmpty() ? Optional.empty() : Optional.of(Pattern.compile(pattern)),
        Set.of(schemes.strip().split("\\s*,\\s*")));
  }

  boolean allows(String source) {
    return pattern.map(wanted -> wanted.matcher(source).find()).orElse(true);
  }
}
