package io.mlopscore.tracking;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One version of a registered model.
///
/// @param source where its maker said the files are
/// @param runId the run that made it, null if unknown
/// @param modelId the logged model behind it, null if there is none
/// @param stage MLflow's old stage: `None`, `Staging`, `Production` or `Archived`
public record ModelVersion(
    String name,
    int version,
    String description,
    String source,
    @Nullable String runId,
    @Nullable String modelId,
    String stage,
    String status,
    long creationTime,
    long lastUpdatedTime,
    Map<String, String> tags,
    List<String> aliases) {
  public ModelVersion {
    tags = Map.copyOf(tags);
    aliases = List.copyOf(aliases);
  }
}
