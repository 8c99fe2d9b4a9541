package io.mlopscore.tracking;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A logged model to be created; it is PENDING until its files are uploaded.
///
/// @param name empty for a generated one
public record NewLoggedModel(
    String experimentId,
    String name,
    @Nullable String modelType,
    @Nullable String sourceRunId,
    Map<String, String> params,
    Map<String, String> tags) {
  public NewLoggedModel {
    params = Map.copyOf(params);
    tags = Map.copyOf(tags);
  }
}
