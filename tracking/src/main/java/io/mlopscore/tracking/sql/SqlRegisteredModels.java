package io.mlopscore.tracking.sql;

import io.mlopscore.tracking.ErrorCode;
import io.mlopscore.tracking.Names;
import io.mlopscore.tracking.RegisteredModel;
import io.mlopscore.tracking.TrackingException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// The tables `registered_models`, `registered_model_tags` and `registered_model_aliases`.
final class SqlRegisteredModels {
  private static final String COLUMNS =
      "SELECT name, description, creation_time, last_updated_time FROM registered_models ";

  private final Clock clock;

  SqlRegisteredModels(Clock clock) {
    this.clock = clock;
  }

  RegisteredModel create(Handle handle, String name, Map<String, String> tags, String description) {
    Names.registeredModel(name);
    if (find(handle, name).isPresent()) {
      throw new TrackingException(
          ErrorCode.RESOURCE_ALREADY_EXISTS,
          "Registered Model (name=" + name + ") already exists.");
    }
    var now = clock.millis();
    handle.execute(
        "INSERT INTO registered_models (name, description, creation_time, last_updated_time)"
            + " VALUES (?, ?, ?, ?)",
        name,
        description,
        now,
        now);
    tags.forEach((key, value) -> tag(handle, name, key, value));
    return get(handle, name);
  }

  static void tag(Handle handle, String name, String key, String value) {
    Names.key("tag", key);
    handle.execute("DELETE FROM registered_model_tags WHERE name = ? AND \"key\" = ?", name, key);
    handle.execute(
        "INSERT INTO registered_model_tags (\"key\", value, name) VALUES (?, ?, ?)",
        key,
        value,
        name);
  }

  void setAlias(Handle handle, String name, String alias, int version) {
    Names.alias(alias);
    handle.execute(
        "DELETE FROM registered_model_aliases WHERE name = ? AND alias = ?", name, alias);
    handle.execute(
        "INSERT INTO registered_model_aliases (alias, version, name) VALUES (?, ?, ?)",
        alias,
        version,
        name);
    touch(handle, name);
  }

  void deleteAlias(Handle handle, String name, String alias) {
    get(handle, name);
    handle.execute(
        "DELETE FROM registered_model_aliases WHERE name = ? AND alias = ?", name, alias);
    touch(handle, name);
  }

  /// Says that something of the model changed now.
  void touch(Handle handle, String name) {
    handle.execute(
        "UPDATE registered_models SET last_updated_time = ? WHERE name = ?", clock.millis(), name);
  }

  static RegisteredModel get(Handle handle, String name) {
    return find(handle, name)
        .orElseThrow(
            () ->
                new TrackingException(
                    ErrorCode.RESOURCE_DOES_NOT_EXIST,
                    "Registered Model with name=" + name + " not found"));
  }

  static Optional<RegisteredModel> find(Handle handle, String name) {
    return handle
        .select(COLUMNS + "WHERE name = ?", name)
        .map((row, _) -> model(handle, row))
        .findOne();
  }

  static List<RegisteredModel> all(Handle handle) {
    return handle.select(COLUMNS + "ORDER BY name").map((row, _) -> model(handle, row)).list();
  }

  private static RegisteredModel model(Handle handle, ResultSet row) throws SQLException {
    var name = row.getString("name");
    return new RegisteredModel(
        name,
        Rows.orEmpty(row.getString("description")),
        row.getLong("creation_time"),
        row.getLong("last_updated_time"),
        Rows.pairs(handle, "SELECT \"key\", value FROM registered_model_tags WHERE name = ?", name),
        aliases(handle, name));
  }

  private static Map<String, Integer> aliases(Handle handle, String name) {
    var aliases = new LinkedHashMap<String, Integer>();
    handle
        .select("SELECT alias, version FROM registered_model_aliases WHERE name = ?", name)
        .map((row, _) -> Map.entry(row.getString(1), row.getInt(2)))
        .forEach(alias -> aliases.put(alias.getKey(), alias.getValue()));
    return aliases;
  }
}
