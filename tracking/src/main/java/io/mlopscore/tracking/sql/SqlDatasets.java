package io.mlopscore.tracking.sql;

import io.mlopscore.tracking.Dataset;
import io.mlopscore.tracking.DatasetInput;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/// The data sets of runs: the tables `datasets`, `inputs` and `input_tags`.
final class SqlDatasets {
  private SqlDatasets() {}

  static void log(Handle handle, String run, List<DatasetInput> inputs) {
    var experiment = SqlExperiments.number(SqlRuns.active(handle, run).experimentId());
    for (var input : inputs) {
      DatasetRules.check(input);
      link(handle, run, dataset(handle, experiment, input.dataset()), input.tags());
    }
  }

  /// A data set is the same within an experiment if name and digest are.
  static String dataset(Handle handle, long experiment, Dataset dataset) {
    handle.execute(
        "INSERT INTO datasets (dataset_uuid, experiment_id, name, digest, dataset_source_type,"
            + " dataset_source, dataset_schema, dataset_profile) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
            + " ON CONFLICT DO NOTHING",
        Ids.fresh(),
        experiment,
        dataset.name(),
        dataset.digest(),
        dataset.sourceType(),
        dataset.source(),
        dataset.schema(),
        dataset.profile());
    return handle
        .select(
            "SELECT dataset_uuid FROM datasets WHERE experiment_id = ? AND name = ? AND digest = ?",
            experiment,
            dataset.name(),
            dataset.digest())
        .mapTo(String.class)
        .one();
  }

  /// A data set that the run has already keeps the tags that it was logged with first, as in
  // MLflow.
  static void link(Handle handle, String run, String dataset, Map<String, String> tags) {
    var link = Ids.fresh();
    var linked =
        handle.execute(
            "INSERT INTO inputs (input_uuid, source_type, source_id, destination_type,"
                + " destination_id) VALUES (?, 'DATASET', ?, 'RUN', ?) ON CONFLICT DO NOTHING",
            link,
            dataset,
            run);
    if (linked > 0) {
      tags.forEach((name, value) -> tag(handle, link, name, value));
    }
  }

  private static void tag(Handle handle, String link, String name, String value) {
    handle.execute(
        "INSERT INTO input_tags (input_uuid, name, value) VALUES (?, ?, ?)", link, name, value);
  }
}
