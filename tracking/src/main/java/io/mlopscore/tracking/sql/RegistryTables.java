package io.mlopscore.tracking.sql;

import io.mlopscore.tracking.search.Field;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/// How registered models and versions lie in the database, for searches.
final class RegistryTables {
  private RegistryTables() {}

  static Searched models(Handle handle) {
    return new Searched(
        "registered_models m",
        "m.name",
        Map.of("name", "m.name", "last_updated_timestamp", "COALESCE(m.last_updated_time, 0)"),
        Map.of(
            Field.Kind.TAG,
            new Searched.Pairs(
                "registered_model_tags",
                Workspace.of(handle, "x.") + "x.name = m.name",
                "\"key\"",
                "value")),
        Map.of());
  }

  static Searched versions(Handle handle) {
    return new Searched(
        "model_versions v",
        "v.name",
        Map.of(
            "name", "v.name",
            "version_number", "v.version",
            "run_id", "v.run_id",
            "source_path", "v.source",
            "creation_timestamp", "COALESCE(v.creation_time, 0)",
            "last_updated_timestamp", "COALESCE(v.last_updated_time, 0)"),
        Map.of(
            Field.Kind.TAG,
            new Searched.Pairs(
                "model_version_tags",
                Workspace.of(handle, "x.") + "x.name = v.name AND x.version = v.version",
                "\"key\"",
                "value")),
        Map.of());
  }
}
