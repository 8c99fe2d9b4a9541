package io.mlopscore.tracking;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Files of a model that can become a version, and what made them.
///
/// @param source what the version says: `models:/<model id>`, or the URI of a folder
/// @param runId the run that made it, null if unknown
/// @param modelId the logged model that it is, null if it is none
public record ModelOrigin(String source, @Nullable String runId, @Nullable String modelId) {
  private static final Pattern RUN = Pattern.compile("[0-9a-f]{32}");
  private static final Pattern IN_RUN = Pattern.compile("runs:/+([^/]+)/(.+)");
  private static final Pattern ADDRESS = Pattern.compile("[a-z][a-z0-9+.-]*:/.+");

  /// A logged model.
  public static ModelOrigin of(@Nullable String runId, String modelId) {
    return new ModelOrigin("models:/" + modelId, runId, modelId);
  }

  /// What a user names.
  ///
  /// @param text the id of a run, `runs:/<run id>/<path>`, `models:/<model id>`, or any other URI
  /// @throws TrackingException if there is no such run or model, or the text may mean several
  public static ModelOrigin find(TrackingStore store, String text) {
    if (RUN.matcher(text).matches()) {
      return only(text, store.loggedModels(text));
    }
    var inRun = IN_RUN.matcher(text);
    if (inRun.matches()) {
      return inRun(store, inRun.group(1), inRun.group(2));
    }
    var modelId = ModelVersion.loggedModelIn(text);
    if (modelId.isPresent()) {
      return of(store.loggedModel(modelId.get()));
    }
    if (text.startsWith("models:") || !ADDRESS.matcher(text).matches()) {
      throw invalid(
          "'%s' is no model to register; name the id of a run, runs:/<run id>/<path>, models:/<model id>, or the URI of a folder."
              .formatted(text));
    }
    return new ModelOrigin(text, null, null);
  }

  private static ModelOrigin of(LoggedModel model) {
    return of(model.sourceRunId(), model.modelId());
  }

  private static ModelOrigin only(String runId, List<LoggedModel> models) {
    if (models.size() == 1) {
      return of(models.getFirst());
    }
    throw invalid(
        models.isEmpty()
            ? "Run '%s' logged no model; name its folder as runs:/%s/<path>."
                .formatted(runId, runId)
            : "Run '%s' logged %d models; name one of %s."
                .formatted(runId, models.size(), names(models)));
  }

  private static String names(List<LoggedModel> models) {
    return String.join(
        ", ",
        models.stream()
            .map(model -> "models:/" + model.modelId() + " (" + model.name() + ")")
            .toList());
  }

  /// As MLflow 3 does: the newest logged model of that name, else a folder among the run's files.
  private static ModelOrigin inRun(TrackingStore store, String runId, String path) {
    var run = store.run(runId);
    return store.loggedModels(runId).stream()
        .filter(model -> model.name().equals(path))
        .findFirst()
        .map(ModelOrigin::of)
        .orElseGet(() -> new ModelOrigin(run.info().artifactUri() + "/" + path, runId, null));
  }

  private static TrackingException invalid(String message) {
    return new TrackingException(ErrorCode.INVALID_PARAMETER_VALUE, message);
  }
}
