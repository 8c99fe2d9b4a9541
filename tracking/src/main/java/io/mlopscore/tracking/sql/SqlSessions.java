package io.mlopscore.tracking.sql;

import io.mlopscore.tracking.auth.Session;
import io.mlopscore.tracking.auth.SessionTable;
import java.util.Optional;

/// Sessions in a table of our own, beside MLflow's users.
public final class SqlSessions implements SessionTable {
  private final Database database;

  SqlSessions(Database database) {
    this.database = database;
  }

  @Override
  public void add(String hash, Session session) {
    database.change(
        handle ->
            handle.execute(
                "INSERT INTO mlops_sessions (hash, username, ends) VALUES (?, ?, ?)",
                hash,
                session.username(),
                session.until()));
  }

  @Override
  public Optional<Session> byHash(String hash) {
    return database.query(
        handle ->
            handle
                .select("SELECT username, ends FROM mlops_sessions WHERE hash = ?", hash)
                .map((row, _) -> new Session(row.getString(1), row.getLong(2)))
                .findOne());
  }

  @Override
  public void remove(String hash) {
    database.change(handle -> handle.execute("DELETE FROM mlops_sessions WHERE hash = ?", hash));
  }

  @Override
  public void removeEnded(long now) {
    database.change(handle -> handle.execute("DELETE FROM mlops_sessions WHERE ends <= ?", now));
  }
}
