package io.mlopscore.tracking.sql;

import io.mlopscore.tracking.ErrorCode;
import io.mlopscore.tracking.ModelStage;
import io.mlopscore.tracking.ModelVersion;
import io.mlopscore.tracking.NewModelVersion;
import io.mlopscore.tracking.RegistryNames;
import io.mlopscore.tracking.TrackingException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The table `model_versions`.
///
/// A deleted version keeps its row, at the stage `Deleted_Internal`, so its number is never used
/// again.
final class SqlModelVersions {

  private final SqlRegisteredModels models;
  private final Clock clock;

  SqlModelVersions(SqlRegisteredModels models, Clock clock) {
    this.models = models;
    this.clock = clock;
  }

  ModelVersion create(Handle handle, NewModelVersion asked) {
    asked.tags().forEach(RegistryNames::tag);
    models.touch(handle, asked.name());
    var origin = VersionOrigin.of(handle, asked);
    var version = insert(handle, asked, origin);
    asked.tags().forEach((k, v) -> SqlRegistryTags.set(handle, asked.name(), version, k, v));
    origin.tagLoggedModel(handle, asked.name(), version);
    return get(handle, asked.name(), version);
  }

  /// Touching the model made other creators wait, so a number is refused only to one that does
  /// not, and the next is free.
  private int insert(Handle handle, NewModelVersion asked, VersionOrigin origin) {
    var now = clock.millis();
    while (true) {
      var version = next(handle, asked.name());
      var made =
          handle.execute(
              "INSERT INTO model_versions (name, version, creation_time, last_updated_time,"
                  + " description, current_stage, source, storage_location, run_id, run_link,"
                  + " status) VALUES (?, ?, ?, ?, ?, 'None', ?, ?, ?, ?, 'READY')"
                  + " ON CONFLICT DO NOTHING",
              asked.name(),
              version,
              now,
              now,
              asked.description(),
              asked.source(),
              origin.location(),
              origin.runId(),
              asked.runLink());
      if (made == 1) {
        return version;
      }
    }
  }

  private static int next(Handle handle, String name) {
    return handle
        .select(
            "SELECT COALESCE(MAX(version), 0) + 1 FROM model_versions WHERE "
                + Workspace.of(handle)
                + "name = ?",
            name)
        .mapTo(Integer.class)
        .one();
  }

  /// The beginning of a query for the versions of a model.
  private static String live(Handle handle) {
    return ModelVersionReader.SELECT
        + " WHERE "
        + ModelVersionReader.live(handle)
        + " AND v.name = ?";
  }

  static ModelVersion get(Handle handle, String name, int version) {
    RegistryNames.model(name);
    return ModelVersionReader.one(handle, name, version).orElseThrow(() -> absent(name, version));
  }

  static List<ModelVersion> all(Handle handle, String name) {
    SqlRegisteredModels.require(handle, name);
    return ModelVersionReader.withAliases(
        handle,
        ModelVersionReader.read(
            handle, handle.select(live(handle) + " ORDER BY v.version DESC", name)));
  }

  /// The version that an alias points to; `latest` is the newest.
  static Optional<ModelVersion> byAlias(Handle handle, String name, String alias) {
    SqlRegisteredModels.require(handle, name);
    var query =
        RegistryNames.isLatest(alias)
            ? handle.select(live(handle) + " ORDER BY v.version DESC LIMIT 1", name)
            : handle.select(
                live(handle)
                    + " AND v.version IN (SELECT version FROM registered_model_aliases WHERE "
                    + Workspace.of(handle)
                    + "name = ? AND alias = ?)",
                name,
                name,
                alias);
    return ModelVersionReader.withAliases(handle, ModelVersionReader.read(handle, query)).stream()
        .findFirst();
  }

  static String location(Handle handle, String name, int version) {
    RegistryNames.model(name);
    return handle
        .select(
            "SELECT COALESCE(storage_location, source, '') FROM model_versions WHERE "
                + Workspace.of(handle)
                + "current_stage <> 'Deleted_Internal' AND name = ? AND version = ?",
            name,
            version)
        .mapTo(String.class)
        .findOne()
        .orElseThrow(() -> absent(name, version));
  }

  ModelVersion describe(Handle handle, String name, int version, @Nullable String description) {
    change(handle, name, version, "description = ?", description);
    return get(handle, name, version);
  }

  ModelVersion transition(
      Handle handle, String name, int version, ModelStage stage, boolean archiveOthers) {
    if (archiveOthers && !stage.isActive()) {
      throw new TrackingException(
          ErrorCode.INVALID_PARAMETER_VALUE,
          "Model version transition cannot archive existing model versions because '"
              + stage.word()
              + "' is not an Active stage. Valid stages are ['Staging', 'Production']");
    }
    change(handle, name, version, "current_stage = ?", stage.word());
    models.touch(handle, name);
    if (archiveOthers) {
      handle.execute(
          "UPDATE model_versions SET current_stage = 'Archived', last_updated_time = ? WHERE "
              + Workspace.of(handle)
              + "name = ? AND current_stage = ? AND version <> ?",
          clock.millis(),
          name,
          stage.word(),
          version);
    }
    return get(handle, name, version);
  }

  /// Its tags stay, as in MLflow.
  void delete(Handle handle, String name, int version) {
    change(
        handle,
        name,
        version,
        "current_stage = ?, description = NULL, user_id = NULL, source = 'REDACTED-SOURCE-PATH',"
            + " run_id = 'REDACTED-RUN-ID', run_link = 'REDACTED-RUN-LINK', status_message = NULL",
        "Deleted_Internal");
    models.touch(handle, name);
    handle.execute(
        "DELETE FROM registered_model_aliases WHERE "
            + Workspace.of(handle)
            + "name = ? AND version = ?",
        name,
        version);
  }

  /// @param columns assignments with one value
  private void change(
      Handle handle, String name, int version, String columns, @Nullable String value) {
    RegistryNames.model(name);
    var found =
        handle.execute(
            "UPDATE model_versions SET last_updated_time = ?, "
                + columns
                + " WHERE "
                + Workspace.of(handle)
                + "current_stage <> 'Deleted_Internal' AND name = ? AND version = ?",
            clock.millis(),
            value,
            name,
            version);
    if (found == 0) {
      throw absent(name, version);
    }
  }

  /// @throws TrackingException if there is no such version
  static void require(Handle handle, String name, int version) {
    location(handle, name, version);
  }

  private static TrackingException absent(String name, int version) {
    return new TrackingException(
        ErrorCode.RESOURCE_DOES_NOT_EXIST,
        "Model Version (name=" + name + ", version=" + version + ") not found");
  }
}
