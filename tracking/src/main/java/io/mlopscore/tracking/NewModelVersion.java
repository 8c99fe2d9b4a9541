package io.mlopscore.tracking;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Files that are to become the next version of a registered model.
///
/// @param name of the registered model
/// @param source `runs:/<run id>/<path>`, `models:/<model id>`, or the URI of a folder
/// @param runId the run that made it, null if unknown
/// @param modelId the logged model behind it, null if there is none
/// @param runLink a page about the run, null if there is none
public record NewModelVersion(
    String name,
    String source,
    @Nullable String runId,
    @Nullable String modelId,
    Map<String, String> tags,
    @Nullable String description,
    @Nullable String runLink) {
  public NewModelVersion {
    tags = Map.copyOf(tags);
  }

  /// One of which no more is said.
  public static NewModelVersion of(String name, String source) {
    return new NewModelVersion(name, source, null, null, Map.of(), null, null);
  }

  /// The same from elsewhere.
  public NewModelVersion from(String source, @Nullable String runId) {
    return new NewModelVersion(name, source, runId, modelId, tags, description, runLink);
  }
}
