package io.mlopscore.tracking.sql;

import io.mlopscore.tracking.ErrorCode;
import io.mlopscore.tracking.TrackingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/// The tables of MLflow's basic-auth app: made where there are none, else used as they are.
///
/// Since revision `e5f6a7b8c9d0` (MLflow 3.12) grants are permissions of roles, with a hidden role
/// for each user; before, each kind of thing had a table of its own. A revision is never changed.
///
/// @param byRole whether grants are permissions of roles
/// @param hasRoles whether there are roles at all
/// @param hasPrompts whether prompts are granted apart from registered models
/// @param hasWorkspaces whether the old table of registered models names workspaces
record AuthSchema(boolean byRole, boolean hasRoles, boolean hasPrompts, boolean hasWorkspaces) {
  private static final System.Logger LOG = System.getLogger(AuthSchema.class.getName());
  private static final String HEAD = "f1a2b3c4d5e6";
  private static final String BEFORE_PROMPTS = "e5f6a7b8c9d0";

  /// Revisions at which grants were in tables of their own; none before MLflow 3.6.
  private static final Set<String> OLDER =
      Set.of("", "8606fa83a998", "0965eb92f5f0", "a1b2c3d4e5f6", "2ed73881770d", "c3d4e5f6a7b8");

  /// A table of our own, for tokens of machines; MLflow leaves it alone.
  private static final String TOKENS =
      """
      CREATE TABLE IF NOT EXISTS mlops_tokens (
        id VARCHAR(16) NOT NULL PRIMARY KEY,
        hash VARCHAR(64) NOT NULL UNIQUE,
        username VARCHAR(255) NOT NULL,
        name VARCHAR(255) NOT NULL,
        scope VARCHAR(16) NOT NULL,
        created BIGINT NOT NULL,
        expires BIGINT
      )
      """;

  /// As above, for browsers that are logged in.
  private static final String SESSIONS =
      """
      CREATE TABLE IF NOT EXISTS mlops_sessions (
        hash VARCHAR(64) NOT NULL PRIMARY KEY,
        username VARCHAR(255) NOT NULL,
        ends BIGINT NOT NULL
      )
      """;

  private static final Set<String> OURS = Set.of("mlops_tokens", "mlops_sessions");

  /// Looks at a database, and makes what it lacks.
  static AuthSchema prepare(Database database) {
    if (database.read(handle -> !tables(handle, database.dialect()).containsAll(OURS))) {
      database.change(handle -> create(handle, database.dialect()));
    }
    return database.read(handle -> look(handle, database.dialect()));
  }

  private static void create(Handle handle, Dialect dialect) {
    dialect.lockSchema(handle);
    if (!tables(handle, dialect).contains("users")) {
      for (var statement : statements(dialect).split(";\n\n", -1)) {
        if (!statement.isBlank()) {
          execute(handle, statement);
        }
      }
    }
    execute(handle, TOKENS);
    execute(handle, SESSIONS);
  }

  private static void execute(Handle handle, String sql) {
    try (var statement = handle.getConnection().createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new TrackingException(
          ErrorCode.INTERNAL_ERROR, "The database of users cannot be created: " + e, e);
    }
  }

  private static String statements(Dialect dialect) {
    var name =
        "auth-" + (dialect instanceof PostgreSql ? "postgresql-" : "sqlite-") + HEAD + ".sql";
    try (var in = AuthSchema.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is missing from the jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static AuthSchema look(Handle handle, Dialect dialect) {
    var layout = new Layout();
    layout.look(handle, dialect);
    var revision = revision(handle, layout);
    if (!revision.equals(HEAD) && !revision.equals(BEFORE_PROMPTS) && !OLDER.contains(revision)) {
      LOG.log(
          Level.WARNING,
          "the users in {0} have the schema revision {1}, which is newer than MLflow 3.17; they are"
              + " used as far as their tables are known",
          dialect.place(),
          revision);
    }
    var older = OLDER.contains(revision);
    return new AuthSchema(
        !older,
        layout.has("roles"),
        !older && !revision.equals(BEFORE_PROMPTS),
        layout.has("registered_model_permissions", "workspace"));
  }

  private static String revision(Handle handle, Layout layout) {
    return layout.has("alembic_version_auth")
        ? handle
            .select("SELECT version_num FROM alembic_version_auth")
            .mapTo(String.class)
            .findFirst()
            .orElse("")
        : "";
  }

  private static Set<String> tables(Handle handle, Dialect dialect) {
    return handle.createQuery(dialect.columns()).mapTo(String.class).set();
  }
}
