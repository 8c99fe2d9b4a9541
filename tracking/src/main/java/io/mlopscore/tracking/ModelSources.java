package io.mlopscore.tracking;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Checks where a caller on another machine says that the files of a new version are: never in a
/// file of the server, but for those of the run or logged model that the caller names
/// (https://github.com/mlflow/mlflow/security/advisories).
public final class ModelSources {
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
    var uri = SourceUri.of(asked.source(), policy);
    var bound = new SourceVersions(tracking.registry()).bound(asked, uri);
    check(SourceUri.of(bound.source(), policy), bound);
    return bound.from(bound.source(), orEmpty(bound.runId()));
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
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

  private static String localRule(String id) {
    return " To use a local path as a model version source, the "
        + id
        + " request parameter has to be specified and the local path has to be contained within"
        + " the artifact directory of the run specified by the "
        + id
        + ".";
  }

  static TrackingException notIn(String source, String id) {
    return invalid(
        source,
        " The " + id + " request parameter must identify the resource that contains the source.");
  }

  static TrackingException invalid(String source, String why) {
    return new TrackingException(
        ErrorCode.INVALID_PARAMETER_VALUE, "Invalid model version source: '" + source + "'." + why);
  }
}
