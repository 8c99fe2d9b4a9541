package io.mlopscore.tracking.sql;

import io.mlopscore.tracking.ErrorCode;
import io.mlopscore.tracking.TrackingException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;

/// MLflow's tables: made in an empty database, checked in any other.
///
/// The statements come from a database that MLflow itself made (`interop/mlflow/schema.py`); they
/// end at the head revision of MLflow 3.17, which is why `mlflow` opens what we create. A database
/// that MLflow 2.10 or later made is opened as it is ([Layout]), and its revision is never changed.
///
/// @param artifactRoot where the `Default` experiment keeps its artifacts
record Schema(Dialect dialect, String artifactRoot) {
  static final String HEAD = "dc11669786a5";

  private static final Logger LOG = System.getLogger(Schema.class.getName());

  /// The revisions that MLflow 2.10 to 3.17 leave a database at, oldest first.
  static final List<String> REVISIONS =
      List.of(
          """
          acf3f17fdcc7 867495a8f9d4 5b0e9adcef9c 4465047574b1 f5a4f2784254
          0584bdc529eb 400f98739977 6953534de441 bda7b8c39065 cbc13b556ace
          770bee3ae1dd a1b2c3d4e5f6 de4033877273 1a0cddfcaa16 534353b11cbc
          71994744cf8e 3da73c924c2f bf29a5ff90ea 1bd49d398cd23 b7c8d9e0f1a2
          5d2d30f0abce c9d4e5f6a7b8 2c33131f4dae d3e4f5a6b7c8 d0e1f2a3b4c5
          c8d9e0f1a2b3 1b5f0d9ad7c1 e1f2a3b4c5d6 76601a5f987d c3d6457b6d8a
          a5b4c3d2e1f0 ae8bbe7743c9 7d34483879f0 da6fb0208061 89d3d66ed43f
          b7e4c1a90f23 a8b9c0d1e2f3 c1d2e3f4a5b6 c3d9e7f1a2b4 6f8d9c3b2a1e
          1971f2d9a75b 17e22815139b b7e2c1a4d9f3 75868b020152 dc11669786a5
          """
              .strip()
              .split("\\s+"));

  private static final Set<String> NEEDED =
      Set.of(
          "alembic_version",
          "experiments",
          "experiment_tags",
          "runs",
          "params",
          "tags",
          "metrics",
          "latest_metrics",
          "datasets",
          "inputs",
          "input_tags",
          "registered_models",
          "registered_model_tags",
          "registered_model_aliases",
          "model_versions",
          "model_version_tags");

  /// Whether nothing is in the database yet.
  boolean isAbsent(Handle handle) {
    return tables(handle).isEmpty();
  }

  /// @throws TrackingException if tables are missing
  void check(Handle handle, Layout layout) {
    var missing = new TreeSet<>(NEEDED);
    missing.removeAll(tables(handle));
    if (!missing.isEmpty()) {
      throw new TrackingException(
          ErrorCode.INVALID_STATE,
          dialect.place()
              + " lacks the tables "
              + String.join(", ", missing)
              + ": it is no MLflow database, or older than MLflow 2.10."
              + " Upgrade it with `mlflow db upgrade`, or name another.");
    }
    warnOfNewer(handle);
    refuseWorkspaces(handle, layout);
  }

  /// Says when nobody knows here what the database means by its tables.
  private void warnOfNewer(Handle handle) {
    var revision =
        handle.select("SELECT version_num FROM alembic_version").mapTo(String.class).findFirst();
    if (!revision.map(REVISIONS::contains).orElse(false)) {
      LOG.log(
          Level.WARNING,
          "{0} has the schema revision {1}, which is newer than MLflow 3.17 or unknown; it is used as"
              + " far as its tables are known",
          dialect.place(),
          revision.orElse("none"));
    }
  }

  /// MLflow with workspaces off starts with no others either.
  private void refuseWorkspaces(Handle handle, Layout layout) {
    for (var table : List.of("experiments", "registered_models")) {
      if (layout.has(table, "workspace")
          && handle
              .select("SELECT 1 FROM " + table + " WHERE workspace <> 'default' LIMIT 1")
              .mapTo(Integer.class)
              .findOne()
              .isPresent()) {
        throw new TrackingException(
            ErrorCode.INVALID_STATE,
            dialect.place()
                + " holds "
                + table.replace('_', ' ')
                + " in workspaces other than 'default', which are not served here.");
      }
    }
  }

  private Set<String> tables(Handle handle) {
    return handle.createQuery(dialect.columns()).mapTo(String.class).set();
  }

  /// Makes the tables, unless another process did so in the meantime.
  void create(Handle handle) {
    dialect.lockSchema(handle);
    if (!isAbsent(handle)) {
      return;
    }
    SchemaScript.of(dialect).run(handle.getConnection());
    var now = System.currentTimeMillis();
    handle.execute(
        "INSERT INTO experiments (experiment_id, name, artifact_location, lifecycle_stage,"
            + " creation_time, last_update_time) VALUES (0, 'Default', ?, 'active', ?, ?)",
        ArtifactUris.of(artifactRoot, "0"),
        now,
        now);
  }
}
