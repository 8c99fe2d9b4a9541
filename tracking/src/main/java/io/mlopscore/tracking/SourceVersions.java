package io.mlopscore.tracking;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Sources that name another version: `models:/<name>/<number>`, `.../latest`, `.../<stage>` and
/// `models:/<name>@<alias>`.
record SourceVersions(ModelRegistry registry) {
  private static final Pattern WITHIN_MODELS = Pattern.compile("([^/]+)(?:/([^/]+))?");

  /// With the number of the version in place of an alias, a stage or `latest`.
  NewModelVersion bound(NewModelVersion asked, SourceUri uri) {
    if (!uri.scheme().equals("models")) {
      return asked;
    }
    if (!uri.host().isEmpty()) {
      throw ModelSources.invalid(
          asked.source(), " Registered model sources must use the active model registry.");
    }
    var parts = WITHIN_MODELS.matcher(uri.path().replaceFirst("^/+", ""));
    if (!parts.matches()) {
      throw ModelSources.notIn(asked.source(), "model_id");
    }
    var alias = parts.group(1).lastIndexOf('@');
    if (parts.group(2) != null) {
      return bound(asked, parts.group(1), parts.group(2), Optional.empty());
    }
    return alias < 0
        ? asked
        : bound(
            asked,
            parts.group(1).substring(0, alias),
            "",
            Optional.of(parts.group(1).substring(alias + 1)));
  }

  private NewModelVersion bound(
      NewModelVersion asked, String name, String suffix, Optional<String> alias) {
    var model = registry.required(name);
    if (Prompts.isPrompt(model.tags())) {
      throw ModelSources.invalid(
          asked.source(), " Prompt versions cannot be used as model version sources.");
    }
    var version = alias.isPresent() ? aliased(name, alias.get()) : suffixed(model.name(), suffix);
    if (differs(asked.runId(), version.run().orElse("")) || differs(asked.modelId(), "")) {
      throw ModelSources.invalid(
          asked.source(),
          " The run_id and model_id request parameters must match the referenced model version.");
    }
    return asked.from("models:/" + name + "/" + version.version(), version.runId());
  }

  private static boolean differs(@Nullable String sent, String known) {
    return sent != null && !sent.equals(known);
  }

  private ModelVersion aliased(String name, String alias) {
    return registry
        .versionByAlias(name, alias)
        .orElseThrow(
            () ->
                new TrackingException(
                    ErrorCode.INVALID_PARAMETER_VALUE,
                    "Registered model alias " + alias + " not found."));
  }

  private ModelVersion suffixed(String name, String suffix) {
    if (suffix.matches("\\d{1,9}")) {
      return registry.version(name, Integer.parseInt(suffix));
    }
    var latest = suffix.equalsIgnoreCase("latest");
    var stages = latest ? List.<String>of() : List.of(suffix);
    return registry.latestVersions(name, stages).stream()
        .max(Comparator.comparingInt(ModelVersion::version))
        .orElseThrow(
            () ->
                new TrackingException(
                    ErrorCode.RESOURCE_DOES_NOT_EXIST,
                    "No versions of model with name '"
                        + name
                        + (latest ? "' found" : "' and stage '" + suffix + "' found")));
  }
}
