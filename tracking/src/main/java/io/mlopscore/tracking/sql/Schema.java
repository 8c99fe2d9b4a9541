package io.mlopscore.tracking.sql;

import io.mlopscore.tracking.ErrorCode;
import io.mlopscore.tracking.TrackingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;

/// MLflow's tables: made in an empty database, checked in any other.
///
/// The statements come from a database that MLflow itself made (`interop/mlflow/schema.py`); they
/// end at the head revision of MLflow 3.17, which is why `mlflow` opens what we create. A database
/// that MLflow made earlier is opened as it is: only columns that exist since 3.0 are read or
/// written, and its revision is never changed.
///
/// @param artifactRoot where the `Default` experiment keeps its artifacts
record Schema(Dialect dialect, String artifactRoot) {
  static final String HEAD = "dc11669786a5";

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
          "logged_models",
          "logged_model_params",
          "logged_model_tags",
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
  void check(Handle handle) {
    var missing = new TreeSet<>(NEEDED);
    missing.removeAll(tables(handle));
    if (!missing.isEmpty()) {
      throw new TrackingException(
          ErrorCode.INVALID_STATE,
          dialect.place()
              + " lacks the tables "
              + String.join(", ", missing)
              + ": it is no MLflow database, or older than MLflow 3.0."
              + " Upgrade it with `mlflow db upgrade`, or name another.");
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
    for (var statement : statements().split(";\n\n", -1)) {
      if (!statement.isBlank()) {
        execute(handle, statement);
      }
    }
    var now = System.currentTimeMillis();
    handle.execute(
        "INSERT INTO experiments (experiment_id, name, artifact_location, lifecycle_stage,"
            + " creation_time, last_update_time) VALUES (0, 'Default', ?, 'active', ?, ?)",
        ArtifactUris.of(artifactRoot, "0"),
        now,
        now);
  }

  /// Not through Jdbi's parser, which takes the colons of a trigger for parameters.
  private static void execute(Handle handle, String sql) {
    try (var statement = handle.getConnection().createStatement()) {
      statement.execute(sql);
    } catch (java.sql.SQLException e) {
      throw new TrackingException(
          ErrorCode.INTERNAL_ERROR, "The tracking database cannot be created: " + e, e);
    }
  }

  private String statements() {
    try (var in = Schema.class.getResourceAsStream(dialect.schema())) {
      if (in == null) {
        throw new IllegalStateException(dialect.schema() + " is missing from the jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
