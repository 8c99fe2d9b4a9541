package io.mlopscore.tracking;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Checks where a caller on another machine says that the files of a new version are: never in a
/// file of the server, but for those of the run or logged model that the caller names
/// (https://github.com/mlflow/mlflow/security/advisories).
public final class ModelSources {
  private static final Pattern WITHIN_MODELS = Pattern.compile("([^/]+)(?:/([^/]+))?");

  private final Tracking tracking;
  private final SourcePolicy policy;

  public ModelSources(Tracking tracking, SourcePolicy policy) {
    this.tracking = tracking;
    this.policy = policy;
  }

  /// The version to create: a source that names another version is bound to its number, and its
  /// run is taken over.
  ///
  /// @param asked with null for each id that the caller did not send
  /// @throws TrackingException if the source is not allowed
  public NewModelVersion checked(NewModelVersion asked) {
    if (!policy.allows(asked.source())) {
      throw invalid(asked.source(), "");
    }
    if (Prompts.isPrompt(asked.tags())) {
      Prompts.requirePlaceholder(asked.source());
      return asked.from(asked.source(), orEmpty(asked.runId()));
    }
    var bound = bound(asked);
    check(SourceUri.of(bound.source(), policy), bound);
    return bound.from(bound.source(), orEmpty(bound.runId()));
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  /// With the number of the version in place of an alias, a stage or `latest`.
  private NewModelVersion bound(NewModelVersion asked) {
    var uri = SourceUri.of(asked.source(), policy);
    if (!uri.scheme().equals("models")) {
      return asked;
    }
    if (!uri.host().isEmpty()) {
      throw invalid(
          asked.source(), " Registered model sources must use the active model registry.");
    }
    var parts = WITHIN_MODELS.matcher(uri.path().replaceFirst("^/+", ""));
    if (!parts.matches()) {
      throw notIn(asked.source(), "model_id");
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
    var model =
        registry()
            .registeredModel(name)
            .orElseThrow(
                () ->
                    new TrackingException(
                        ErrorCode.RESOURCE_DOES_NOT_EXIST,
                        "Registered Model with name=" + name + " not found"));
    if (Prompts.isPrompt(model.tags())) {
      throw invalid(asked.source(), " Prompt versions cannot be used as model version sources.");
    }
    var version = alias.isPresent() ? aliased(name, alias.get()) : suffixed(model.name(), suffix);
    if (differs(asked.runId(), orEmpty(version.runId())) || differs(asked.modelId(), "")) {
      throw invalid(
          asked.source(),
          " The run_id and model_id request parameters must match the referenced model version.");
    }
    return asked.from("models:/" + name + "/" + version.version(), version.runId());
  }

  private static boolean differs(@Nullable String sent, String known) {
    return sent != null && !sent.equals(known);
  }

  private ModelVersion aliased(String name, String alias) {
    return registry()
        .versionByAlias(name, alias)
        .orElseThrow(
            () ->
                new TrackingException(
                    ErrorCode.INVALID_PARAMETER_VALUE,
                    "Registered model alias " + alias + " not found."));
  }

  private ModelVersion suffixed(String name, String suffix) {
    if (suffix.matches("\\d{1,9}")) {
      return registry().version(name, Integer.parseInt(suffix));
    }
    var latest = suffix.equalsIgnoreCase("latest");
    var stages = latest ? java.util.List.<String>of() : java.util.List.of(suffix);
    return registry().latestVersions(name, stages).stream()
        .max(java.util.Comparator.comparingInt(ModelVersion::version))
        .orElseThrow(
            () ->
                new TrackingException(
                    ErrorCode.RESOURCE_DOES_NOT_EXIST,
                    "No versions of model with name '"
                        + name
                        + (latest ? "' found" : "' and stage '" + suffix + "' found")));
  }

  private void check(SourceUri uri, NewModelVersion asked) {
    var modelId = orEmpty(asked.modelId());
    var ofModel = !modelId.isEmpty();
    var needed = ofModel ? "model_id" : "run_id";
    if (uri.isLocal()) {
      if (root(asked).filter(uri::isFileWithin).isEmpty()) {
        throw invalid(asked.source(), localRule(needed));
      }
      return;
    }
    uri.requireNoDetour();
    switch (uri.scheme()) {
      case "runs" -> {
        if (ofModel || !uri.host().isEmpty() || !uri.firstPart().equals(asked.runId())) {
          throw notIn(asked.source(), needed);
        }
      }
      case "models" -> {
        var model = ModelVersion.loggedModelIn(asked.source());
        if (model.isPresent() && !model.get().equals(modelId)) {
          throw notIn(asked.source(), "model_id");
        }
      }
      case "mlflow-artifacts", "http", "https" -> {
        if (uri.isProxied() && root(asked).filter(uri::isWithin).isEmpty()) {
          throw notIn(asked.source(), needed);
        }
      }
      default -> {}
    }
  }

  /// The folder of the run or logged model that the caller names.
  private Optional<String> root(NewModelVersion asked) {
    try {
      if (!orEmpty(asked.modelId()).isEmpty()) {
        return Optional.of(tracking.store().loggedModel(orEmpty(asked.modelId())).artifactUri());
      }
      return orEmpty(asked.runId()).isEmpty()
          ? Optional.empty()
          : Optional.of(tracking.store().run(orEmpty(asked.runId())).info().artifactUri());
    } catch (TrackingException e) {
      if (e.code() == ErrorCode.RESOURCE_DOES_NOT_EXIST) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private ModelRegistry registry() {
    return tracking.registry();
  }

  private static String localRule(String id) {
    return " To use a local path as a model version source, the "
        + id
        + " request parameter has to be specified and the local path has to be contained within"
        + " the artifact directory of the run specified by the "
        + id
        + ".";
  }

  private static TrackingException notIn(String source, String id) {
    return invalid(
        source,
        " The " + id + " request parameter must identify the resource that contains the source.");
  }

  static TrackingException invalid(String source, String why) {
    return new TrackingException(
        ErrorCode.INVALID_PARAMETER_VALUE, "Invalid model version source: '" + source + "'." + why);
  }
}
