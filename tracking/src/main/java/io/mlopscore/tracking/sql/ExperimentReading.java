package io.mlopscore.tracking.sql;

import io.mlopscore.tracking.Experiment;
import io.mlopscore.tracking.search.PageToken;
import io.mlopscore.tracking.search.SearchPage;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Reads experiments with their tags, one or a page of them: by one statement, which sees one state
/// of the database without a transaction.
final class ExperimentReading {
  private static final String COLUMNS =
      "SELECT e.experiment_id, e.name, e.artifact_location, e.lifecycle_stage, e.creation_time,"
          + " e.last_update_time, t.\"key\", t.value";

  /// A row for each tag, or one for an experiment without any.
  private static final String TAGS =
      " LEFT JOIN experiment_tags t ON t.experiment_id = e.experiment_id";

  /// Of a page: after the columns comes the id again, then the keys of the order.
  private static final int FIRST_KEY = 10;

  private final Map<String, Experiment> bare = new LinkedHashMap<>();
  private final Map<String, Map<String, String>> tags = new HashMap<>();

  static Optional<Experiment> byId(Handle handle, long id) {
    return one(handle, "experiment_id", id);
  }

  static Optional<Experiment> byName(Handle handle, String name) {
    return one(handle, "name", name);
  }

  private static Optional<Experiment> one(Handle handle, String column, Object value) {
    var reading = new ExperimentReading();
    SqlText.of(COLUMNS + " FROM experiments e" + TAGS + " WHERE e." + column + " = ?", value)
        .query(handle)
        .map((row, _) -> reading.take(row))
        .forEach(_ -> {});
    return reading.experiments().stream().findFirst();
  }

  static SearchPage<Experiment> page(
      Handle handle, SqlSearch search, int maxResults, PageToken token) {
    var reading = new ExperimentReading();
    var last = new StringBuilder();
    SqlText.of(COLUMNS + ", p.* FROM (")
        .add(search.numbered(maxResults, token))
        .add(") p JOIN experiments e ON e.experiment_id = p.id" + TAGS + " ORDER BY p.position")
        .query(handle)
        .map(
            (row, _) -> {
              if (reading.take(row) == maxResults && last.isEmpty()) {
                last.append(search.sorting().at(row, FIRST_KEY));
              }
              return row;
            })
        .forEach(_ -> {});
    return SearchPage.of(reading.experiments(), maxResults, last.toString());
  }

  /// @return how many experiments there are so far
  private int take(ResultSet row) throws SQLException {
    var id = row.getString(1);
    if (!bare.containsKey(id)) {
      bare.put(id, experiment(id, row));
    }
    var tag = row.getString(7);
    if (tag != null) {
      tags.computeIfAbsent(id, _ -> new HashMap<>()).put(tag, Rows.orEmpty(row.getString(8)));
    }
    return bare.size();
  }

  private static Experiment experiment(String id, ResultSet row) throws SQLException {
    return new Experiment(
        id,
        row.getString(2),
        Rows.orEmpty(row.getString(3)),
        Rows.stage(row.getString(4)),
        row.getLong(5),
        row.getLong(6),
        Map.of());
  }

  private List<Experiment> experiments() {
    return bare.values().stream()
        .map(experiment -> experiment.withTags(tags.getOrDefault(experiment.id(), Map.of())))
        .toList();
  }
}
