package io.mlopscore.tracking.sql;

import io.mlopscore.tracking.ModelVersion;
import io.mlopscore.tracking.RegisteredModel;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/// Rows of `registered_models` with their tags, aliases and newest versions, in as many statements
/// however many rows there are.
final class RegisteredModelReader {
  static final String COLUMNS = "m.name, m.description, m.creation_time, m.last_updated_time";
  static final String SELECT = "SELECT " + COLUMNS + " FROM registered_models m";

  private RegisteredModelReader() {}

  /// A row alone.
  record Row(String name, String description, long created, long updated) {}

  private record Pair(String name, String key, String value) {}

  /// @param query of [#SELECT]
  static List<RegisteredModel> read(Handle handle, Query query) {
    return models(handle, query.map((row, _) -> row(row)).list(), "stages.oldest");
  }

  /// @param stages what the stages of a model are ordered by
  static List<RegisteredModel> models(Handle handle, List<Row> rows, String stages) {
    if (rows.isEmpty()) {
      return List.of();
    }
    var names = rows.stream().map(Row::name).toList();
    var tags = pairs(handle, "SELECT name, \"key\", value FROM registered_model_tags", names);
    var aliases = pairs(handle, "SELECT name, alias, version FROM registered_model_aliases", names);
    var latest = latest(handle, names, stages);
    var models = new ArrayList<RegisteredModel>();
    for (var row : rows) {
      models.add(
          new RegisteredModel(
              row.name(),
              row.description(),
              row.created(),
              row.updated(),
              latest.getOrDefault(row.name(), List.of()),
              tags.getOrDefault(row.name(), Map.of()),
              numbers(aliases.getOrDefault(row.name(), Map.of()))));
    }
    return models;
  }

  static Row row(ResultSet row) throws SQLException {
    return new Row(
        row.getString("name"),
        Rows.orEmpty(row.getString("description")),
        row.getLong("creation_time"),
        row.getLong("last_updated_time"));
  }

  private static Map<String, Map<String, String>> pairs(
      Handle handle, String select, List<String> names) {
    var pairs = new HashMap<String, Map<String, String>>();
    handle
        .createQuery(select + " WHERE " + Workspace.of(handle) + "name IN (<names>)")
        .bindList("names", names)
        .map(
            (row, _) ->
                new Pair(row.getString(1), row.getString(2), Rows.orEmpty(row.getString(3))))
        .forEach(
            pair ->
                pairs
                    .computeIfAbsent(pair.name(), _ -> new LinkedHashMap<>())
                    .put(pair.key(), pair.value()));
    return pairs;
  }

  private static Map<String, Integer> numbers(Map<String, String> texts) {
    var numbers = new HashMap<String, Integer>();
    texts.forEach((key, value) -> numbers.put(key, Integer.valueOf(value)));
    return numbers;
  }

  private static Map<String, List<ModelVersion>> latest(
      Handle handle, List<String> names, String stages) {
    var latest = new HashMap<String, List<ModelVersion>>();
    var query =
        handle
            .createQuery(
                ModelVersionReader.SELECT
                    + " JOIN (SELECT name, MAX(version) AS newest, MIN(version) AS oldest"
                    + " FROM model_versions WHERE "
                    + Workspace.of(handle)
                    + "name IN (<names>) AND current_stage <> 'Deleted_Internal'"
                    + " GROUP BY name, current_stage) stages"
                    + " ON v.name = stages.name AND v.version = stages.newest WHERE "
                    + Workspace.of(handle, "v.")
                    + "1 = 1 ORDER BY v.name, "
                    + stages)
            .bindList("names", names);
    for (var version : ModelVersionReader.read(handle, query)) {
      latest.computeIfAbsent(version.name(), _ -> new ArrayList<>()).add(version);
    }
    return latest;
  }
}
