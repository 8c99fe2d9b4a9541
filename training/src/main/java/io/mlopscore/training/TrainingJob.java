package io.mlopscore.training;

import io.mlopscore.model.Range;
import io.mlopscore.training.csv.CsvFile;
import java.nio.file.Path;
import java.util.Map;

/// What to train, from what, and where to leave it.
///
/// @param data the training rows
/// @param params target and algorithm
/// @param experiment the name of the experiment, made if absent
/// @param ranges the accepted values by feature, kept with the model
/// @param model the model folder to write
/// @param metadata the JSON file to write, which says which run made the model
public record TrainingJob(
    CsvFile data,
    Params params,
    String experiment,
    Map<String, Range> ranges,
    Path model,
    Path metadata) {
  public TrainingJob {
    ranges = Map.copyOf(ranges);
  }
}
