package io.mlopscore.tracking.sql;

import io.mlopscore.tracking.DatasetSummary;
import io.mlopscore.tracking.ErrorCode;
import io.mlopscore.tracking.Experiment;
import io.mlopscore.tracking.ExperimentActivity;
import io.mlopscore.tracking.LifecycleStage;
import io.mlopscore.tracking.Names;
import io.mlopscore.tracking.NewExperiment;
import io.mlopscore.tracking.TrackingException;
import io.mlopscore.tracking.search.FilterParser;
import io.mlopscore.tracking.search.OrderBy;
import io.mlopscore.tracking.search.PageToken;
import io.mlopscore.tracking.search.SearchPage;
import io.mlopscore.tracking.search.SearchQuery;
import io.mlopscore.tracking.search.ViewType;
import io.mlopscore.tracking.search.Vocabularies;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/// The tables `experiments` and `experiment_tags`.
final class SqlExperiments {
  private static final int LONGEST_TAG = 20_000;
  private static final int MOST_AT_ONCE = 500;

  private final String artifactRoot;
  private final Clock clock;

  SqlExperiments(String artifactRoot, Clock clock) {
    this.artifactRoot = artifactRoot;
    this.clock = clock;
  }

  String create(Handle handle, NewExperiment experiment) {
    var name = Names.experiment(experiment.name());
    refuseTaken(handle, name);
    var now = clock.millis();
    var id =
        handle
            .createUpdate(
                "INSERT INTO experiments (name, artifact_location, lifecycle_stage, creation_time,"
                    + " last_update_time) VALUES (?, ?, 'active', ?, ?)")
            .bind(0, name)
            .bind(1, location(experiment.artifactLocation()))
            .bind(2, now)
            .bind(3, now)
            .executeAndReturnGeneratedKeys("experiment_id")
            .mapTo(Long.class)
            .one()
            .toString();
    if (experiment.artifactLocation().isEmpty()) {
      handle.execute(
          "UPDATE experiments SET artifact_location = ? WHERE experiment_id = ?",
          ArtifactUris.of(artifactRoot, id),
          Long.valueOf(id));
    }
    experiment.tags().forEach((key, value) -> tag(handle, id, key, value));
    return id;
  }

  private static String location(String given) {
    if (given.indexOf('#') >= 0) {
      throw new TrackingException(
          ErrorCode.INVALID_PARAMETER_VALUE,
          "'artifact_location' URL can't include fragments or params.");
    }
    return ArtifactUris.absolute(given);
  }

  void rename(Handle handle, String id, String name) {
    Names.experiment(name);
    var old = get(handle, id);
    if (old.lifecycleStage() == LifecycleStage.DELETED) {
      // MLflow answers 500 INVALID_STATE, which its client sends again and again.
      throw new TrackingException(
          ErrorCode.INVALID_PARAMETER_VALUE, "Cannot rename a non-active experiment.");
    }
    if (!old.name().equals(name)) {
      refuseTaken(handle, name);
    }
    handle.execute(
        "UPDATE experiments SET name = ?, last_update_time = ? WHERE experiment_id = ?",
        name,
        clock.millis(),
        number(id));
  }

  void delete(Handle handle, String id) {
    moved(handle, id, LifecycleStage.ACTIVE, "deleted");
    handle.execute(
        "UPDATE runs SET lifecycle_stage = 'deleted', deleted_time = ? WHERE experiment_id = ?"
            + " AND lifecycle_stage = 'active'",
        clock.millis(),
        number(id));
  }

  void restore(Handle handle, String id) {
    moved(handle, id, LifecycleStage.DELETED, "active");
    handle.execute(
        "UPDATE runs SET lifecycle_stage = 'active', deleted_time = NULL WHERE experiment_id = ?",
        number(id));
  }

  private void moved(Handle handle, String id, LifecycleStage from, String to) {
    if (get(handle, id).lifecycleStage() != from) {
      throw missing(id);
    }
    handle.execute(
        "UPDATE experiments SET lifecycle_stage = ?, last_update_time = ? WHERE experiment_id = ?",
        to,
        clock.millis(),
        number(id));
  }

  static void deleteTag(Handle handle, String id, String key) {
    active(handle, id);
    var deleted =
        handle.execute(
            "DELETE FROM experiment_tags WHERE experiment_id = ? AND \"key\" = ?", number(id), key);
    if (deleted == 0) {
      throw new TrackingException(
          ErrorCode.RESOURCE_DOES_NOT_EXIST,
          "No tag with name: " + key + " in experiment with id " + id);
    }
  }

  private static void refuseTaken(Handle handle, String name) {
    find(handle, name)
        .ifPresent(
            taken -> {
              var hint =
                  taken.lifecycleStage() == LifecycleStage.DELETED
                      ? " It is deleted; restore it or purge it for good to use the name."
                      : "";
              throw new TrackingException(
                  ErrorCode.RESOURCE_ALREADY_EXISTS,
                  "Experiment(name=" + name + ") already exists." + hint);
            });
  }

  static void tag(Handle handle, String id, String key, String value) {
    if (value.length() > LONGEST_TAG) {
      throw new TrackingException(
          ErrorCode.INVALID_PARAMETER_VALUE,
          "'value' exceeds the maximum length of " + LONGEST_TAG + " characters");
    }
    handle.execute(
        "INSERT INTO experiment_tags (\"key\", value, experiment_id) VALUES (?, ?, ?)"
            + " ON CONFLICT (\"key\", experiment_id) DO UPDATE SET value = excluded.value",
        Names.key("tag", key),
        value,
        number(id));
  }

  static Experiment get(Handle handle, String id) {
    return ExperimentReading.byId(handle, number(id)).orElseThrow(() -> missing(id));
  }

  /// The active experiment, for everything that adds to it.
  static Experiment active(Handle handle, String id) {
    var experiment = get(handle, id);
    if (experiment.lifecycleStage() == LifecycleStage.DELETED) {
      throw new TrackingException(
          ErrorCode.INVALID_PARAMETER_VALUE,
          "The experiment " + id + " must be in the 'active' state. Current state is deleted.");
    }
    return experiment;
  }

  static Optional<Experiment> find(Handle handle, String name) {
    return ExperimentReading.byName(handle, name);
  }

  static SearchPage<Experiment> search(Handle handle, ViewType view, SearchQuery query) {
    var searched = Searched.experiments();
    var filter = FilterParser.parse(query.filter(), Vocabularies.EXPERIMENTS);
    var orders = FilterParser.orders(query.orderBy(), Vocabularies.EXPERIMENTS);
    var scope = SqlSearch.lifecycle("e.lifecycle_stage", view);
    var search = new SqlSearch(searched, scope, filter, sorting(searched, orders));
    return ExperimentReading.page(
        handle, search, query.maxResults(), PageToken.parse(query.pageToken()));
  }

  private static Sorting sorting(Searched searched, List<OrderBy> orders) {
    if (orders.isEmpty()) {
      return new Sorting(
          new SqlText(),
          Map.of(),
          List.of(
              SortKey.number("COALESCE(e.creation_time, 0)", false),
              SortKey.number("e.experiment_id", true)));
    }
    return Sorting.of(searched, orders, Set.of("name", "experiment_id"))
        .then(SortKey.number("e.experiment_id", false));
  }

  /// Counts active runs by experiment, a few experiments at a time.
  static Map<String, ExperimentActivity> activity(Handle handle, Collection<String> experiments) {
    var numbers = experiments.stream().map(FilterSql::experiment).toList();
    var found = new HashMap<String, ExperimentActivity>();
    for (var from = 0; from < numbers.size(); from += MOST_AT_ONCE) {
      SqlText.of(
              "SELECT experiment_id, COUNT(*), MAX(COALESCE(end_time, start_time, 0)) FROM runs"
                  + " WHERE lifecycle_stage = 'active' AND experiment_id IN ")
          .list(numbers.subList(from, Math.min(numbers.size(), from + MOST_AT_ONCE)))
          .add(" GROUP BY experiment_id")
          .query(handle)
          .map(
              (row, _) ->
                  Map.entry(
                      row.getString(1), new ExperimentActivity(row.getLong(2), row.getLong(3))))
          .forEach(activity -> found.put(activity.getKey(), activity.getValue()));
    }
    return found;
  }

  /// What runs of experiments read.
  static List<DatasetSummary> datasets(Handle handle, List<String> experiments) {
    return SqlText.of(
            "SELECT DISTINCT d.experiment_id, d.name, d.digest, t.value FROM datasets d"
                + " JOIN inputs i ON i.source_id = d.dataset_uuid"
                + " LEFT JOIN input_tags t ON t.input_uuid = i.input_uuid"
                + " AND t.name = 'mlflow.data.context' WHERE d.experiment_id IN ")
        .list(experiments.stream().map(FilterSql::experiment).toList())
        .add(" ORDER BY d.experiment_id, d.name, d.digest, t.value LIMIT 1000")
        .query(handle)
        .map(
            (row, _) ->
                new DatasetSummary(
                    row.getString(1), row.getString(2), row.getString(3), row.getString(4)))
        .list();
  }

  /// Experiment ids are numbers here, but text for callers.
  static long number(String id) {
    try {
      return Long.parseLong(id);
    } catch (NumberFormatException _) {
      throw new TrackingException(
          ErrorCode.INVALID_PARAMETER_VALUE,
          "Invalid experiment ID '" + id + "'. Experiment ID must be a valid integer.");
    }
  }

  private static TrackingException missing(String id) {
    return new TrackingException(
        ErrorCode.RESOURCE_DOES_NOT_EXIST, "No Experiment with id=" + id + " exists");
  }
}
