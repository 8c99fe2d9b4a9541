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
  static final String SELECT =
      "SELECT m.name, m.description, m.creation_time, m.last_updated_time FROM registered_models m";

  private static final String NEWEST =
      " JOIN (SELECT name, MAX(version) AS newest, MIN(version) AS oldest FROM model_versions"
          + " WHERE name IN (<names>) AND current_stage <> 'Deleted_Internal'"
          + " GROUP BY name, current_stage) stages"
          + " ON v.name = stages.name AND v.version = stages.newest"
          + " ORDER BY v.name, stages.oldest";

  private RegisteredModelReader() {}

  private record Row(String name, String description, long created, long updated) {}

  private record Pair(String name, String key, String value) {}

  /// @param query of [#SELECT]
  static List<RegisteredModel> read(Handle handle, Query query) {
    var rows = query.map((row, _) -> row(row)).list();
    if (rows.isEmpty()) {
      return List.of();
    }
    var names = rows.stream().map(Row::name).toList();
    var tags = pairs(handle, "SELECT name, \"key\", value FROM registered_model_tags", names);
    var aliases = pairs(handle, "SELECT name, alias, version FROM registered_model_aliases", names);
    var latest = latest(handle, names);
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

  private static Row row(ResultSet row) throws SQLException {
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
        .createQuery(select + " WHERE name IN (<names>)")
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

  private static Map<String, List<ModelVersion>> latest(Handle handle, List<String> names) {
    var latest = new HashMap<String, List<ModelVersion>>();
    var query = handle.createQuery(ModelVersionReader.SELECT + NEWEST).bindList("names", names);
    for (var version : ModelVersionReader.read(handle, query)) {
      latest.computeIfAbsent(version.name(), _ -> new ArrayList<>()).add(version);
    }
    return latest;
  }
}
