package io.mlopscore.tracking;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A model that a run made, before or without registration (MLflow 3).
///
/// @param modelId `m-` and 32 hexadecimal digits
/// @param artifactUri where its folder is
/// @param metrics every point that runs measured of it
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
    Map<String, String> tags,
    List<RunMetric> metrics) {
  public LoggedModel {
    params = Map.copyOf(params);
    tags = Map.copyOf(tags);
    metrics = List.copyOf(metrics);
  }

  /// A model that nobody measured.
  public LoggedModel(
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
    this(
        modelId,
        experimentId,
        name,
        artifactUri,
        status,
        modelType,
        sourceRunId,
        creationTime,
        lastUpdatedTime,
        params,
        tags,
        List.of());
  }

  /// How far its upload is.
  public enum Status {
    PENDING,
    READY,
    UPLOAD_FAILED
  }
}
