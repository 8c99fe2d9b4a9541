package io.mlopscore.tracking.sql;

import io.mlopscore.tracking.files.RegisteredModelFolder;
import org.jdbi.v3.core.Handle;

/// The rows of the registry that come from a file store; a model or version that is there stays.
final class ImportedRegistry {
  private final Handle handle;
  private final Damage damage;
  private int models;
  private int versions;

  ImportedRegistry(Handle handle, Damage damage) {
    this.handle = handle;
    this.damage = damage;
  }

  int models() {
    return models;
  }

  int versions() {
    return versions;
  }

  void add(RegisteredModelFolder folder) {
    var model = folder.model();
    var added =
        handle.execute(
            "INSERT INTO registered_models (name, creation_time, last_updated_time, description)"
                + " VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
            model.name(),
            model.creationTime(),
            model.lastUpdatedTime(),
            model.description());
    models += added;
    model
        .tags()
        .forEach(
            (key, value) ->
                handle.execute(
                    "INSERT INTO registered_model_tags (\"key\", value, name) VALUES (?, ?, ?)"
                        + " ON CONFLICT DO NOTHING",
                    key,
                    value,
                    model.name()));
    damage.each(folder.versions(), this::version);
    model
        .aliases()
        .forEach(
            (alias, version) ->
                handle.execute(
                    "INSERT INTO registered_model_aliases (alias, version, name) VALUES (?, ?, ?)"
                        + " ON CONFLICT DO NOTHING",
                    alias,
                    version,
                    model.name()));
  }

  private void version(RegisteredModelFolder.VersionFolder folder) {
    var version = folder.version();
    var added =
        handle.execute(
            "INSERT INTO model_versions (name, version, creation_time, last_updated_time,"
                + " description, user_id, current_stage, source, storage_location, run_id, run_link,"
                + " status, status_message) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                + " ON CONFLICT DO NOTHING",
            version.name(),
            version.version(),
            version.creationTime(),
            version.lastUpdatedTime(),
            version.description(),
            version.userId(),
            version.stage(),
            version.source(),
            folder.storageLocation(),
            version.runId(),
            version.runLink(),
            version.status(),
            version.statusMessage());
    versions += added;
    if (added == 1) {
      version
          .tags()
          .forEach(
              (key, value) ->
                  SqlRegistryTags.set(handle, version.name(), version.version(), key, value));
    }
  }
}
