package io.mlopscore.tracking.sql;

import io.mlopscore.tracking.RegistryNames;
import org.jdbi.v3.core.Handle;

/// The tables `registered_model_tags`, `model_version_tags` and `registered_model_aliases`.
///
/// Their keys differ between releases of MLflow, so no statement names one: a row that is there is
/// updated, otherwise inserted unless another writer was faster, whose row is then updated.
final class SqlRegistryTags {
  private SqlRegistryTags() {}

  static void set(Handle handle, String name, String key, String value) {
    RegistryNames.tag(key, value);
    upsert(
        handle,
        "UPDATE registered_model_tags SET value = ? WHERE "
            + Workspace.of(handle)
            + "\"key\" = ? AND name = ?",
        "INSERT INTO registered_model_tags (value, \"key\", name) VALUES (?, ?, ?)",
        value,
        key,
        name);
  }

  static void delete(Handle handle, String name, String key) {
    handle.execute(
        "DELETE FROM registered_model_tags WHERE "
            + Workspace.of(handle)
            + "\"key\" = ? AND name = ?",
        RegistryNames.tagKey(key),
        name);
  }

  static void set(Handle handle, String name, int version, String key, String value) {
    RegistryNames.tag(key, value);
    upsert(
        handle,
        "UPDATE model_version_tags SET value = ? WHERE "
            + Workspace.of(handle)
            + "\"key\" = ? AND name = ? AND version = ?",
        "INSERT INTO model_version_tags (value, \"key\", name, version) VALUES (?, ?, ?, ?)",
        value,
        key,
        name,
        version);
  }

  static void delete(Handle handle, String name, int version, String key) {
    handle.execute(
        "DELETE FROM model_version_tags WHERE "
            + Workspace.of(handle)
            + "\"key\" = ? AND name = ? AND version = ?",
        RegistryNames.tagKey(key),
        name,
        version);
  }

  static void setAlias(Handle handle, String name, String alias, int version) {
    upsert(
        handle,
        "UPDATE registered_model_aliases SET version = ? WHERE "
            + Workspace.of(handle)
            + "alias = ? AND name = ?",
        "INSERT INTO registered_model_aliases (version, alias, name) VALUES (?, ?, ?)",
        version,
        alias,
        name);
  }

  static void deleteAlias(Handle handle, String name, String alias) {
    handle.execute(
        "DELETE FROM registered_model_aliases WHERE "
            + Workspace.of(handle)
            + "alias = ? AND name = ?",
        alias,
        name);
  }

  /// @param values in the order that both statements take them
  private static void upsert(Handle handle, String update, String insert, Object... values) {
    if (handle.execute(update, values) == 0
        && handle.execute(insert + " ON CONFLICT DO NOTHING", values) == 0) {
      handle.execute(update, values);
    }
  }
}
