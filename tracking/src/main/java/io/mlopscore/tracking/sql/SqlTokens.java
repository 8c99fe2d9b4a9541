package io.mlopscore.tracking.sql;

import io.mlopscore.tracking.auth.Scope;
import io.mlopscore.tracking.auth.Token;
import io.mlopscore.tracking.auth.Tokens;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/// Tokens in a table of our own, beside MLflow's users.
public final class SqlTokens implements Tokens {
  private static final String COLUMNS =
      "SELECT id, username, name, scope, created, expires FROM mlops_tokens";

  private final Database database;

  SqlTokens(Database database) {
    this.database = database;
  }

  @Override
  public void add(Token token, String hash) {
    database.change(
        handle ->
            handle.execute(
                "INSERT INTO mlops_tokens (id, hash, username, name, scope, created, expires)"
                    + " VALUES (?, ?, ?, ?, ?, ?, ?)",
                token.id(),
                hash,
                token.username(),
                token.name(),
                token.scope().name(),
                token.created(),
                token.expires()));
  }

  @Override
  public List<Token> all() {
    return database.query(
        handle ->
            handle.select(COLUMNS + " ORDER BY created, id").map((row, _) -> token(row)).list());
  }

  @Override
  public boolean revoke(String id) {
    return database.write(
        handle -> handle.execute("DELETE FROM mlops_tokens WHERE id = ?", id) > 0);
  }

  @Override
  public Optional<Token> byHash(String hash) {
    return database.query(
        handle ->
            handle.select(COLUMNS + " WHERE hash = ?", hash).map((row, _) -> token(row)).findOne());
  }

  private static Token token(ResultSet row) throws SQLException {
    return new Token(
        row.getString("id"),
        row.getString("username"),
        row.getString("name"),
        Scope.valueOf(row.getString("scope")),
        row.getLong("created"),
        row.getObject("expires") == null ? null : Long.valueOf(row.getLong("expires")));
  }
}
