package io.mlopscore.tracking.sql;

import io.mlopscore.tracking.ErrorCode;
import io.mlopscore.tracking.TrackingException;
import io.mlopscore.tracking.auth.Account;
import io.mlopscore.tracking.auth.Grant;
import io.mlopscore.tracking.auth.ResourceType;
import io.mlopscore.tracking.auth.Roles;
import io.mlopscore.tracking.auth.User;
import io.mlopscore.tracking.auth.Users;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// The users in a database of MLflow's basic-auth app, and our tokens and sessions beside them.
public final class SqlUsers implements Users {
  private static final List<String> OLDER_TABLES =
      List.of(
          "experiment_permissions",
          "registered_model_permissions",
          "scorer_permissions",
          "gateway_secret_permissions",
          "gateway_endpoint_permissions",
          "gateway_model_definition_permissions",
          "workspace_permissions");

  private final Database database;
  private final AuthSchema schema;
  private final GrantTables grants;

  private SqlUsers(Database database, AuthSchema schema) {
    this.database = database;
    this.schema = schema;
    this.grants = schema.byRole() ? new RoleGrants(schema.hasPrompts()) : new OlderGrants(schema);
  }

  /// Opens the database, and creates it with MLflow's newest schema if it is absent or empty.
  public static SqlUsers open(Dialect dialect) {
    var database = Database.open(dialect);
    try {
      return new SqlUsers(database, AuthSchema.prepare(database));
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  public SqlTokens tokens() {
    return new SqlTokens(database);
  }

  public SqlSessions sessions() {
    return new SqlSessions(database);
  }

  @Override
  public Optional<Account> account(String name) {
    return database.read(
        handle ->
            handle
                .select(
                    "SELECT id, username, is_admin, password_hash FROM users WHERE username = ?",
                    name)
                .map((row, _) -> new Account(user(row), row.getString(4), List.of()))
                .findOne()
                .map(found -> withGrants(handle, found)));
  }

  private Account withGrants(Handle handle, Account found) {
    var granted = new ArrayList<>(grants.of(handle, found.user().id()));
    if (!schema.hasPrompts() && schema.byRole()) {
      grants.of(handle, found.user().id()).stream()
          .filter(grant -> grant.type() == ResourceType.REGISTERED_MODEL)
          .map(grant -> new Grant(ResourceType.PROMPT, grant.pattern(), grant.permission()))
          .forEach(granted::add);
    }
    return new Account(found.user(), found.passwordHash(), granted);
  }

  private static User user(ResultSet row) throws SQLException {
    return new User(row.getLong(1), row.getString(2), row.getBoolean(3));
  }

  private static User user(Handle handle, String name) {
    return handle
        .select("SELECT id, username, is_admin FROM users WHERE username = ?", name)
        .map((row, _) -> user(row))
        .findOne()
        .orElseThrow(
            () ->
                new TrackingException(
                    ErrorCode.RESOURCE_DOES_NOT_EXIST,
                    "User with username=" + name + " not found"));
  }

  @Override
  public User user(String name) {
    return database.read(handle -> user(handle, name));
  }

  @Override
  public List<User> users() {
    return database.read(
        handle ->
            handle
                .select("SELECT id, username, is_admin FROM users ORDER BY id")
                .map((row, _) -> user(row))
                .list());
  }

  @Override
  public User create(String name, String passwordHash, boolean admin) {
    return database.write(
        handle ->
            handle
                .createQuery(
                    "INSERT INTO users (username, password_hash, is_admin)"
                        + " VALUES (:name, :hash, :admin) ON CONFLICT DO NOTHING RETURNING id")
                .bind("name", name)
                .bind("hash", passwordHash)
                .bind("admin", admin)
                .mapTo(Long.class)
                .findOne()
                .map(id -> new User(id, name, admin))
                .orElseThrow(
                    () ->
                        new TrackingException(
                            ErrorCode.RESOURCE_ALREADY_EXISTS,
                            "User (username=" + name + ") already exists.")));
  }

  @Override
  public void setPassword(String name, String passwordHash) {
    database.change(
        handle -> {
          handle.execute(
              "UPDATE users SET password_hash = ? WHERE id = ?",
              passwordHash,
              user(handle, name).id());
          // whoever logged in with the old one must not stay
          handle.execute("DELETE FROM mlops_sessions WHERE username = ?", name);
        });
  }

  @Override
  public void setAdmin(String name, boolean admin) {
    database.change(
        handle ->
            handle.execute(
                "UPDATE users SET is_admin = ? WHERE id = ?", admin, user(handle, name).id()));
  }

  @Override
  public void delete(String name) {
    database.change(
        handle -> {
          var id = user(handle, name).id();
          var layout = new Layout();
          layout.look(handle, database.dialect());
          if (schema.hasRoles()) {
            deleteRoles(handle, id);
          }
          for (var table : OLDER_TABLES) {
            if (layout.has(table)) {
              handle.execute("DELETE FROM " + table + " WHERE user_id = ?", id);
            }
          }
          handle.execute("DELETE FROM mlops_tokens WHERE username = ?", name);
          handle.execute("DELETE FROM mlops_sessions WHERE username = ?", name);
          handle.execute("DELETE FROM users WHERE id = ?", id);
        });
  }

  private static void deleteRoles(Handle handle, long user) {
    handle.execute("DELETE FROM user_role_assignments WHERE user_id = ?", user);
    handle
        .select("SELECT id FROM roles WHERE name = ?", RoleGrants.hiddenName(user))
        .mapTo(Long.class)
        .list()
        .forEach(role -> SqlRoles.delete(handle, role));
  }

  @Override
  public void grant(String name, Grant grant) {
    database.change(handle -> grants.put(handle, user(handle, name).id(), grant));
  }

  @Override
  public void addGrant(String name, Grant grant) {
    database.change(
        handle -> {
          if (!grants.add(handle, user(handle, name).id(), grant)) {
            throw new TrackingException(
                ErrorCode.RESOURCE_ALREADY_EXISTS,
                permission(name, grant.type(), grant.pattern()) + " already exists.");
          }
        });
  }

  @Override
  public void revoke(String name, ResourceType type, String pattern) {
    database.change(
        handle -> {
          if (!grants.remove(handle, user(handle, name).id(), type, pattern)) {
            throw new TrackingException(
                ErrorCode.RESOURCE_DOES_NOT_EXIST, permission(name, type, pattern) + " not found.");
          }
        });
  }

  private static String permission(String name, ResourceType type, String pattern) {
    return "Permission for user="
        + name
        + " on resource_type="
        + type.word()
        + ", resource_id="
        + pattern;
  }

  @Override
  public void forget(ResourceType type, String id) {
    database.change(handle -> grants.forget(handle, type, id));
  }

  @Override
  public void rename(ResourceType type, String id, String newId) {
    database.change(handle -> grants.rename(handle, type, id, newId));
  }

  @Override
  public Roles roles() {
    return new StoredRoles(database, schema.hasRoles());
  }

  @Override
  public void close() {
    database.close();
  }
}
