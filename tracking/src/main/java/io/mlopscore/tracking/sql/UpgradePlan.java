package io.mlopscore.tracking.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// What brings a database to MLflow's newest schema: first all that is missing is added, so that
/// old and new stand side by side; then rows are moved; then what differs takes its final form.
///
/// @param changes what a user should know, one line each
record UpgradePlan(List<String> changes, List<String> expand, List<String> reshape) {
  /// What MLflow's own migrations take away, as `table.column`; anything else that is not MLflow's
  /// must not get lost.
  static final Set<String> FORMER_COLUMNS =
      Set.of("jobs.function_fullname", "spans.dimension_attributes");

  static final Set<String> FORMER_INDEXES =
      Set.of(
          "index_jobs_function_status_creation_time",
          "index_spans_experiment_id",
          "unique_endpoint_model_mapping",
          "unique_endpoint_name",
          "unique_model_definition_name",
          "unique_secret_name");

  UpgradePlan {
    changes = List.copyOf(changes);
    expand = List.copyOf(expand);
    reshape = List.copyOf(reshape);
  }

  /// A plan in the making.
  static final class Draft {
    final List<String> changes = new ArrayList<>();
    final List<String> expand = new ArrayList<>();
    final List<String> reshape = new ArrayList<>();

    UpgradePlan done() {
      return new UpgradePlan(changes, expand, reshape);
    }
  }
}
