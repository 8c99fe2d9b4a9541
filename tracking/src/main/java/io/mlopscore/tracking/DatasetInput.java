package io.mlopscore.tracking;

import java.util.Map;

/// The use of a data set by a run.
///
/// @param tags such as `mlflow.data.context` = `training`
public record DatasetInput(Dataset dataset, Map<String, String> tags) {
  public DatasetInput {
    tags = Map.copyOf(tags);
  }
}
