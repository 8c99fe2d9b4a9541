package io.mlopscore.tracking.sql;

import io.mlopscore.tracking.ErrorCode;
import io.mlopscore.tracking.TrackingException;
import io.mlopscore.tracking.auth.Grant;
import io.mlopscore.tracking.auth.ResourceType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Grants as MLflow before 3.12 keeps them: a table for experiments and one for registered models,
/// which prompts were too.
record OlderGrants(AuthSchema schema) implements GrantTables {
  private enum Table {
    EXPERIMENTS("experiment_permissions", "experiment_id"),
    MODELS("registered_model_permissions", "name");

    private final String table;
    private final String column;

    Table(String table, String column) {
      this.table = table;
      this.column = column;
    }
  }

  private static Table table(ResourceType type) {
    return switch (type) {
      case EXPERIMENT -> Table.EXPERIMENTS;
      case REGISTERED_MODEL, PROMPT -> Table.MODELS;
      default ->
          throw new TrackingException(
              ErrorCode.NOT_IMPLEMENTED,
              "This database of users was made by an older MLflow, which grants nothing on "
                  + type.word()
                  + "; upgrade it with `mlflow server --app-name basic-auth`.");
    };
  }

  private static void requireId(String pattern) {
    if (pattern.equals(Grant.ALL)) {
      throw new TrackingException(
          ErrorCode.NOT_IMPLEMENTED,
          "This database of users was made by an older MLflow, which grants no wildcards.");
    }
  }

  @Override
  public List<Grant> of(Handle handle, long user) {
    var grants = new ArrayList<Grant>();
    read(handle, user, Table.EXPERIMENTS, ResourceType.EXPERIMENT, grants);
    read(handle, user, Table.MODELS, ResourceType.REGISTERED_MODEL, grants);
    read(handle, user, Table.MODELS, ResourceType.PROMPT, grants);
    if (schema.hasRoles()) {
      grants.addAll(new RoleGrants(false).of(handle, user));
    }
    return grants;
  }

  private static void read(
      Handle handle, long user, Table table, ResourceType type, List<Grant> grants) {
    handle
        .select(
            "SELECT " + table.column + ", permission FROM " + table.table + " WHERE user_id = ?",
            user)
        .map((row, _) -> RoleGrants.grant(type.word(), row.getString(1), row.getString(2)))
        .stream()
        .flatMap(Optional::stream)
        .forEach(grants::add);
  }

  @Override
  public void put(Handle handle, long user, Grant grant) {
    var table = table(grant.type());
    var changed =
        handle.execute(
            "UPDATE "
                + table.table
                + " SET permission = ? WHERE user_id = ? AND "
                + table.column
                + " = ?",
            grant.permission().name(),
            user,
            grant.pattern());
    if (changed == 0) {
      add(handle, user, grant);
    }
  }

  @Override
  public boolean add(Handle handle, long user, Grant grant) {
    requireId(grant.pattern());
    var table = table(grant.type());
    return handle.execute(
            "INSERT INTO "
                + table.table
                + " ("
                + table.column
                + ", user_id, permission) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
            grant.pattern(),
            user,
            grant.permission().name())
        > 0;
  }

  @Override
  public boolean remove(Handle handle, long user, ResourceType type, String pattern) {
    requireId(pattern);
    var table = table(type);
    return handle.execute(
            "DELETE FROM " + table.table + " WHERE user_id = ? AND " + table.column + " = ?",
            user,
            pattern)
        > 0;
  }

  @Override
  public void forget(Handle handle, ResourceType type, String id) {
    var table = table(type);
    handle.execute("DELETE FROM " + table.table + " WHERE " + table.column + " = ?", id);
  }

  @Override
  public void rename(Handle handle, ResourceType type, String id, String newId) {
    var table = table(type);
    handle.execute(
        "UPDATE " + table.table + " SET " + table.column + " = ? WHERE " + table.column + " = ?",
        newId,
        id);
  }
}
