package io.mlopscore.tracking;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A model that a run made, before or without registration (MLflow 3).
///
/// @param modelId `m-` and 32 hexadecimal digits
/// @param artifactUri where its folder is
public record LoggedModel(
    String modelId,
    String experimentId,
    String name,
    String artifactUri,
    Status status,
    @Nullable String modelType,
    @Nullable String sourceRunId,
    long creationTime,
    long lastUpdatedTime,
    Map<String, String> params,
    Map<String, String> tags) {
  public LoggedModel {
    params = Map.copyOf(params);
    tags = Map.copyOf(tags);
  }

  /// How far its upload is.
  public enum Status {
    PENDING,
    READY,
    UPLOAD_FAILED
  }
}
