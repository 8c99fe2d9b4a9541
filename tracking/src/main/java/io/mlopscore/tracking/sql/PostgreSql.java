package io.mlopscore.tracking.sql;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariCredentialsProvider;
import com.zaxxer.hikari.util.Credentials;
import io.mlopscore.tracking.ErrorCode;
import io.mlopscore.tracking.TrackingException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// A database of a PostgreSQL server, version 13 or newer.
///
/// @param host a name or address; an IPv6 address without brackets
/// @param parameters of the driver by its own names, with `user` and `password`
///     (https://jdbc.postgresql.org/documentation/use/)
/// @param connections the most that are open at once
/// @param login asked for user and password of each new connection; without it they are as in
///     `parameters`
public record PostgreSql(
    String host,
    int port,
    String database,
    Map<String, String> parameters,
    int connections,
    Optional<HikariCredentialsProvider> login)
    implements Dialect {
  /// How long a request waits for a server that restarts, before it is told to come back.
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private static final Duration PATIENCE_AT_START = Duration.ofSeconds(5);

  /// Any number that no one else locks: "mlflow" in ASCII.
  private static final long SCHEMA_LOCK = 0x6d6c666c6f77L;

  public PostgreSql {
    parameters = Map.copyOf(parameters);
  }

  PostgreSql withLogin(HikariCredentialsProvider current) {
    return new PostgreSql(host, port, database, parameters, connections, Optional.of(current));
  }

  Credentials credentials() {
    return Credentials.of(parameters.get("user"), parameters.get("password"));
  }

  @Override
  public String place() {
    return "postgresql://" + address() + "/" + database;
  }

  private String address() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }

  /// Without the parameters, which hold the password.
  @Override
  public String toString() {
    return place();
  }

  @Override
  public HikariConfig pool(List<String> onConnect) {
    var pool = new HikariConfig();
    pool.setJdbcUrl("jdbc:postgresql://" + address() + "/" + database);
    pool.addDataSourceProperty("reWriteBatchedInserts", "true");
    pool.addDataSourceProperty("ApplicationName", "mlops");
    parameters.forEach(pool::addDataSourceProperty);
    login.ifPresent(pool::setCredentialsProvider);
    if (!onConnect.isEmpty()) {
      pool.setConnectionInitSql(String.join("; ", onConnect));
    }
    pool.setPoolName(database);
    pool.setMaximumPoolSize(connections);
    pool.setMinimumIdle(1);
    pool.setConnectionTimeout(PATIENCE.toMillis());
    pool.setInitializationFailTimeout(PATIENCE_AT_START.toMillis());
    return pool;
  }

  @Override
  public String size() {
    return "SELECT pg_database_size(current_database())";
  }

  @Override
  public String schema() {
    return "postgresql-" + Schema.HEAD + ".sql";
  }

  @Override
  public void lockSchema(Handle handle) {
    handle.execute("SELECT pg_advisory_xact_lock(?)", SCHEMA_LOCK);
  }

  @Override
  public String columns() {
    return "SELECT table_name, column_name FROM information_schema.columns"
        + " WHERE table_schema = current_schema()";
  }

  @Override
  public String begin() {
    return "BEGIN";
  }

  @Override
  public boolean hasOneWriter() {
    return false;
  }

  /// Half of them, where there are few.
  @Override
  public int readers() {
    return Math.max((connections + 1) / 2, connections - Database.WRITERS);
  }

  /// By class of SQLSTATE (https://www.postgresql.org/docs/current/errcodes-appendix.html).
  @Override
  public String percentile(String column) {
    return "percentile_cont(? / 100.0) WITHIN GROUP (ORDER BY " + column + ")";
  }

  @Override
  public TrackingException failure(SQLException outer) {
    if (outer instanceof SQLTransientConnectionException && outer.getCause() == null) {
      return Dialect.allBusy(outer);
    }
    var cause = innermost(outer);
    var state = state(cause);
    if (state.startsWith("28")) {
      return failure(ErrorCode.PERMISSION_DENIED, "refuses the user or the password", cause);
    }
    if (state.equals("3D000")) {
      return failure(ErrorCode.INVALID_PARAMETER_VALUE, "has no such database", cause);
    }
    if (state.equals("42501") || state.equals("25006")) {
      return failure(ErrorCode.PERMISSION_DENIED, "may not be written by this user", cause);
    }
    if (state.equals("53100")) {
      return failure(ErrorCode.STORAGE_FULL, "has a full disk", cause);
    }
    if (state.startsWith("53") && !state.equals("53300")) {
      return failure(ErrorCode.TEMPORARILY_UNAVAILABLE, "is out of memory", cause);
    }
    if (isUnreachable(state)) {
      return failure(ErrorCode.TEMPORARILY_UNAVAILABLE, "does not answer; try again", cause);
    }
    if (state.startsWith("22")) {
      // told to whoever sent it, who need not know where the database is
      return new TrackingException(
          ErrorCode.INVALID_PARAMETER_VALUE,
          "The tracking database cannot hold that value: " + cause.getMessage(),
          cause);
    }
    if (state.equals("23505")) {
      return failure(ErrorCode.RESOURCE_ALREADY_EXISTS, "has that already", cause);
    }
    if (state.startsWith("23")) {
      return failure(ErrorCode.BAD_REQUEST, "refuses that", cause);
    }
    if (state.startsWith("40") || state.equals("55P03")) {
      return failure(ErrorCode.TEMPORARILY_UNAVAILABLE, "is busy; try again", cause);
    }
    return failure(ErrorCode.INTERNAL_ERROR, "failed", cause);
  }

  /// Lost, not there, shutting down, starting, or out of connections.
  private static boolean isUnreachable(String state) {
    return state.isEmpty()
        || state.startsWith("08")
        || state.startsWith("57P")
        || state.equals("53300");
  }

  private static String state(SQLException cause) {
    return cause.getSQLState() == null ? "" : cause.getSQLState();
  }

  /// The pool and batches wrap what the server said, and batches with every value.
  private static SQLException innermost(SQLException cause) {
    var inner = cause;
    for (Throwable t = cause; t != null; t = t.getCause()) {
      if (t instanceof SQLException e && e.getSQLState() != null) {
        inner = e;
      }
    }
    return inner;
  }

  private TrackingException failure(ErrorCode code, String what, SQLException cause) {
    return new TrackingException(
        code, "The tracking database " + place() + " " + what + ": " + cause.getMessage(), cause);
  }
}
