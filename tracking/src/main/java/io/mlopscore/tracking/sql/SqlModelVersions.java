package io.mlopscore.tracking.sql;

import io.mlopscore.tracking.ErrorCode;
import io.mlopscore.tracking.ModelVersion;
import io.mlopscore.tracking.Names;
import io.mlopscore.tracking.TrackingException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The tables `model_versions` and `model_version_tags`.
///
/// A deleted version keeps its row, at the stage `Deleted_Internal`, so its number is never used
/// again.
final class SqlModelVersions {
  private static final String COLUMNS =
      "SELECT name, version, description, source, run_id, current_stage, status, creation_time,"
          + " last_updated_time FROM model_versions WHERE current_stage <> 'Deleted_Internal'"
          + " AND name = ? ";

  private final SqlRegisteredModels models;
  private final Clock clock;

  SqlModelVersions(SqlRegisteredModels models, Clock clock) {
    this.models = models;
    this.clock = clock;
  }

  ModelVersion create(
      Handle handle,
      String name,
      String source,
      @Nullable String runId,
      @Nullable String modelId,
      Map<String, String> tags) {
    SqlRegisteredModels.get(handle, name);
    Names.source(source);
    var version = next(handle, name);
    var now = clock.millis();
    handle.execute(
        "INSERT INTO model_versions (name, version, creation_time, last_updated_time, description,"
            + " current_stage, source, storage_location, run_id, status)"
            + " VALUES (?, ?, ?, ?, '', 'None', ?, ?, ?, 'READY')",
        name,
        version,
        now,
        now,
        source,
        resolve(handle, modelId == null ? source : "models:/" + modelId),
        runId);
    tags.forEach((key, value) -> tag(handle, name, version, key, value));
    models.touch(handle, name);
    return get(handle, name, version);
  }

  private static int next(Handle handle, String name) {
    return handle
        .select("SELECT COALESCE(MAX(version), 0) + 1 FROM model_versions WHERE name = ?", name)
        .mapTo(Integer.class)
        .one();
  }

  /// The URI of the files behind `models:/m-...` or `runs:/<run id>/<path>`; others are one.
  private static String resolve(Handle handle, String source) {
    var model = SqlLoggedModels.idIn(source);
    if (model.isPresent()) {
      return SqlLoggedModels.get(handle, model.get()).artifactUri();
    }
    if (source.startsWith("runs:/")) {
      var parts = source.substring("runs:/".length()).split("/", 2);
      var root = SqlRuns.info(handle, parts[0]).artifactUri();
      return parts.length == 1 ? root : ArtifactUris.of(root, parts[1]);
    }
    return source;
  }

  static void tag(Handle handle, String name, int version, String key, String value) {
    Names.key("tag", key);
    handle.execute(
        "DELETE FROM model_version_tags WHERE name = ? AND version = ? AND \"key\" = ?",
        name,
        version,
        key);
    handle.execute(
        "INSERT INTO model_version_tags (\"key\", value, name, version) VALUES (?, ?, ?, ?)",
        key,
        value,
        name,
        version);
  }

  static ModelVersion get(Handle handle, String name, int version) {
    return handle
        .select(COLUMNS + "AND version = ?", name, version)
        .map((row, _) -> version(handle, row))
        .findOne()
        .orElseThrow(
            () ->
                new TrackingException(
                    ErrorCode.RESOURCE_DOES_NOT_EXIST,
                    "Model Version (name=" + name + ", version=" + version + ") not found"));
  }

  static List<ModelVersion> all(Handle handle, String name) {
    return handle
        .select(COLUMNS + "ORDER BY version DESC", name)
        .map((row, _) -> version(handle, row))
        .list();
  }

  static String location(Handle handle, String name, int version) {
    get(handle, name, version);
    return handle
        .select(
            "SELECT COALESCE(storage_location, source) FROM model_versions"
                + " WHERE name = ? AND version = ?",
            name,
            version)
        .mapTo(String.class)
        .one();
  }

  private static ModelVersion version(Handle handle, ResultSet row) throws SQLException {
    var name = row.getString("name");
    var version = row.getInt("version");
    var source = Rows.orEmpty(row.getString("source"));
    return new ModelVersion(
        name,
        version,
        Rows.orEmpty(row.getString("description")),
        source,
        row.getString("run_id"),
        SqlLoggedModels.idIn(source).orElse(null),
        Rows.orEmpty(row.getString("current_stage")),
        Rows.orEmpty(row.getString("status")),
        row.getLong("creation_time"),
        row.getLong("last_updated_time"),
        Rows.pairs(
            handle,
            "SELECT \"key\", value FROM model_version_tags WHERE name = ? AND version = ?",
            name,
            version),
        handle
            .select(
                "SELECT alias FROM registered_model_aliases WHERE name = ? AND version = ?"
                    + " ORDER BY alias",
                name,
                version)
            .mapTo(String.class)
            .list());
  }
}
