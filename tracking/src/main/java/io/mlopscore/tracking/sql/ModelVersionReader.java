package io.mlopscore.tracking.sql;

import io.mlopscore.tracking.ModelVersion;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Gatherers;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/// Rows of `model_versions` with their tags, and their aliases if asked for, in a statement for
/// every thousand rows.
final class ModelVersionReader {
  static final String COLUMNS =
      "v.name, v.version, v.description, v.user_id, v.current_stage, v.source, v.run_id,"
          + " v.run_link, v.status, v.status_message, v.creation_time, v.last_updated_time";
  static final String SELECT = "SELECT " + COLUMNS + " FROM model_versions v";

  private static final int BLOCK = 1000;

  private ModelVersionReader() {}

  private record Key(String name, int version) {
    static Key of(ModelVersion version) {
      return new Key(version.name(), version.version());
    }
  }

  private record Tag(Key of, String key, String value) {}

  private record Alias(Key of, String alias) {}

  /// What a version that is not deleted has; of [#SELECT].
  static String live(Handle handle) {
    return Workspace.of(handle, "v.") + "v.current_stage <> 'Deleted_Internal'";
  }

  /// A version with its tags and aliases, by one statement: a row for each of these, or one without
  /// any.
  static Optional<ModelVersion> one(Handle handle, String name, int version) {
    var tags = new LinkedHashMap<String, String>();
    var aliases = new TreeSet<String>();
    var of = " WHERE " + Workspace.of(handle) + "name = ? AND version = ?";
    return SqlText.of("SELECT " + COLUMNS + ", part.kind, part.word, part.value")
        .add(" FROM model_versions v LEFT JOIN (")
        .add("SELECT 'tag' AS kind, \"key\" AS word, value FROM model_version_tags")
        .add(of, name, version)
        .add(" UNION ALL SELECT 'alias', alias, NULL FROM registered_model_aliases")
        .add(of, name, version)
        .add(") part ON 1 = 1 WHERE " + live(handle))
        .add(" AND v.name = ? AND v.version = ?", name, version)
        .query(handle)
        .map(
            (row, _) -> {
              switch (Rows.orEmpty(row.getString("kind"))) {
                case "tag" -> tags.put(row.getString("word"), Rows.orEmpty(row.getString("value")));
                case "alias" -> aliases.add(row.getString("word"));
                default -> {} // it has neither
              }
              return version(row);
            })
        .list()
        .stream()
        .findFirst()
        .map(found -> found.withTags(tags).withAliases(List.copyOf(aliases)));
  }

  /// @param query of [#SELECT]
  static List<ModelVersion> read(Handle handle, Query query) {
    return withTags(handle, query.map((row, _) -> version(row)).list());
  }

  static List<ModelVersion> withTags(Handle handle, List<ModelVersion> bare) {
    var tags = new HashMap<Key, Map<String, String>>();
    for (var block : blocks(bare)) {
      select(handle, "t.\"key\", t.value", "model_version_tags", block)
          .map((row, _) -> new Tag(key(row), row.getString(3), Rows.orEmpty(row.getString(4))))
          .forEach(
              tag ->
                  tags.computeIfAbsent(tag.of(), _ -> new LinkedHashMap<>())
                      .put(tag.key(), tag.value()));
    }
    return bare.stream()
        .map(version -> version.withTags(tags.getOrDefault(Key.of(version), Map.of())))
        .toList();
  }

  /// The same versions, with the aliases that point to them.
  static List<ModelVersion> withAliases(Handle handle, List<ModelVersion> versions) {
    var aliases = new HashMap<Key, List<String>>();
    for (var block : blocks(versions)) {
      select(handle, "t.alias", "registered_model_aliases", block)
          .map((row, _) -> new Alias(key(row), row.getString(3)))
          .forEach(
              alias ->
                  aliases.computeIfAbsent(alias.of(), _ -> new ArrayList<>()).add(alias.alias()));
    }
    aliases.values().forEach(Collections::sort);
    return versions.stream()
        .map(version -> version.withAliases(aliases.getOrDefault(Key.of(version), List.of())))
        .toList();
  }

  private static List<List<Key>> blocks(List<ModelVersion> versions) {
    return versions.stream().map(Key::of).gather(Gatherers.windowFixed(BLOCK)).toList();
  }

  /// The rows that belong to versions, by their index: the versions come first in the join.
  private static Query select(Handle handle, String columns, String table, List<Key> keys) {
    var values = String.join(", ", Collections.nCopies(keys.size(), "(?, ?)"));
    var query =
        handle.createQuery(
            "WITH wanted (name, version) AS (VALUES "
                + values
                + ") SELECT t.name, t.version, "
                + columns
                + " FROM wanted JOIN "
                + table
                + " t ON t.name = wanted.name AND t.version = wanted.version WHERE "
                + Workspace.of(handle, "t.")
                + "1 = 1");
    for (var i = 0; i < keys.size(); i++) {
      query.bind(2 * i, keys.get(i).name()).bind(2 * i + 1, keys.get(i).version());
    }
    return query;
  }

  private static Key key(ResultSet row) throws SQLException {
    return new Key(row.getString(1), row.getInt(2));
  }

  static ModelVersion version(ResultSet row) throws SQLException {
    return new ModelVersion(
        row.getString("name"),
        row.getInt("version"),
        row.getString("description"),
        row.getString("user_id"),
        Rows.orEmpty(row.getString("current_stage")),
        Rows.orEmpty(row.getString("source")),
        row.getString("run_id"),
        row.getString("run_link"),
        Rows.orEmpty(row.getString("status")),
        row.getString("status_message"),
        row.getLong("creation_time"),
        row.getLong("last_updated_time"),
        Map.of(),
        List.of());
  }
}
