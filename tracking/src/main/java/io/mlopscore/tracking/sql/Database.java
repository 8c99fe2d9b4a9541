package io.mlopscore.tracking.sql;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import io.mlopscore.tracking.ErrorCode;
import io.mlopscore.tracking.TrackingException;
import io.mlopscore.tracking.observability.DatabaseNumbers;
import io.mlopscore.tracking.observability.Exchange;
import io.mlopscore.tracking.observability.SlowQuery;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.HandleConsumer;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/// An open database with MLflow's schema.
public final class Database implements AutoCloseable {
  /// For logging to a server; all that is logged to a run goes through one of them.
  static final int WRITERS = 4;

  /// How long a read waits for its turn.
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Dialect dialect;
  private final HikariDataSource connections;
  private final Jdbi jdbi;
  private final List<GroupCommit> writers;
  private final Turns turns;
  private @Nullable String refusal;

  private Database(Dialect dialect, List<String> onConnect) {
    this.dialect = dialect;
    this.connections = connections(dialect, onConnect);
    this.jdbi = Jdbi.create(connections);
    this.turns = new Turns(dialect.readers(), PATIENCE);
    this.writers =
        IntStream.range(0, dialect.hasOneWriter() ? 1 : WRITERS)
            .mapToObj(number -> new GroupCommit(jdbi, dialect, number))
            .toList();
  }

  private static HikariDataSource connections(Dialect dialect, List<String> onConnect) {
    try {
      return new HikariDataSource(dialect.pool(onConnect));
    } catch (PoolInitializationException e) {
      throw dialect.failure(new SQLException(e.getMessage(), e));
    }
  }

  /// Opens a database, and creates it with MLflow's newest schema if it is absent or empty.
  ///
  /// @param artifactRoot where the `Default` experiment of a new database keeps its artifacts
  /// @throws TrackingException if it is no database of MLflow's, or cannot be reached
  public static Database open(Dialect dialect, String artifactRoot) {
    var schema = new Schema(dialect, artifactRoot);
    var database = new Database(dialect, List.of()).prepared(schema);
    var standIns = database.jdbi.getConfig(Layout.class).standIns();
    if (standIns.isEmpty()) {
      return database;
    }
    database.close();
    return new Database(dialect, standIns).prepared(schema);
  }

  /// Opens a database that is there, for reading.
  ///
  /// @param refusal what whoever writes is told
  static Database openToRead(Dialect dialect, String refusal) {
    var database = new Database(dialect, List.of()).prepared(new Schema(dialect, ""));
    database.refusal = refusal;
    return database;
  }

  private void requireWritable() {
    if (refusal != null) {
      throw new TrackingException(ErrorCode.PERMISSION_DENIED, refusal);
    }
  }

  /// Opens a database for tables of another kind than runs and models.
  static Database open(Dialect dialect) {
    return new Database(dialect, List.of());
  }

  Dialect dialect() {
    return dialect;
  }

  private Database prepared(Schema schema) {
    try {
      prepare(schema);
      return this;
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /// Looks first: opening a database that is there must not wait for its writer.
  private void prepare(Schema schema) {
    if (read(schema::isAbsent)) {
      change(
          handle -> {
            schema.create(handle);
          });
    }
    read(
        handle -> {
          var layout = jdbi.getConfig(Layout.class);
          layout.look(handle, dialect);
          schema.check(handle, layout);
          return schema;
        });
  }

  /// The largest number that the column of experiment ids can hold.
  long largestExperimentId() {
    return dialect instanceof PostgreSql ? Integer.MAX_VALUE : Long.MAX_VALUE;
  }

  /// Runs queries that all see one state of the database.
  ///
  /// @throws TrackingException REQUEST_LIMIT_EXCEEDED if too many read already
  <T> T read(HandleCallback<T, RuntimeException> work) {
    return query(handle -> Snapshot.read(dialect, handle, work));
  }

  /// The same for queries over many rows.
  <T> T scan(HandleCallback<T, RuntimeException> work) {
    return query(handle -> Snapshot.scan(dialect, handle, work));
  }

  /// The same for a single query, which sees one state anyway.
  <T> T query(HandleCallback<T, RuntimeException> work) {
    return Exchange.inDatabase("read", () -> turns.take(() -> readNow(work)));
  }

  private <T> T readNow(HandleCallback<T, RuntimeException> work) {
    try {
      return jdbi.withHandle(work);
    } catch (JdbiException e) {
      throw dialect.failure(e);
    }
  }

  /// Runs statements that become durable together or not at all.
  <T> T write(HandleCallback<T, RuntimeException> work) {
    requireWritable();
    return Exchange.inDatabase("write", () -> writeNow(work));
  }

  private <T> T writeNow(HandleCallback<T, RuntimeException> work) {
    if (dialect.hasOneWriter()) {
      var write = new Write.Statements<>(work);
      writers.getFirst().submit(write);
      return write.await();
    }
    try {
      return jdbi.inTransaction((Handle handle) -> work.withHandle(handle));
    } catch (JdbiException e) {
      throw dialect.failure(e);
    }
  }

  /// Writes a batch of a run, together with what others write at the same time. Returns when it is
  /// durable.
  void log(RunEntry entry) {
    requireWritable();
    var write = new Write.Log(entry);
    var writer = writers.get(Math.floorMod(entry.run().hashCode(), writers.size()));
    Exchange.inDatabase(
        "write",
        () -> {
          writer.submit(write);
          write.await();
          return entry;
        });
  }

  /// The same for statements that give nothing back.
  void change(HandleConsumer<RuntimeException> work) {
    write(
        handle -> {
          work.useHandle(handle);
          return handle;
        });
  }

  /// Tells of statements that take long from now on.
  ///
  /// @param slow from when on one took long
  public void tellSlowQueries(Duration slow, Consumer<SlowQuery> whom) {
    jdbi.getConfig(SlowQueries.class).tell(slow, whom);
    jdbi.setSqlLogger(jdbi.getConfig(SlowQueries.class));
  }

  /// What it does and how large it is now.
  public DatabaseNumbers numbers() {
    var pool = connections.getHikariPoolMXBean();
    return new DatabaseNumbers(
        writers.stream().mapToLong(GroupCommit::commits).sum(),
        writers.stream().mapToLong(GroupCommit::nanos).sum(),
        writers.stream().mapToLong(GroupCommit::writes).sum(),
        writers.stream().mapToInt(GroupCommit::waiting).sum(),
        pool.getTotalConnections(),
        pool.getActiveConnections(),
        pool.getThreadsAwaitingConnection(),
        bytes());
  }

  private long bytes() {
    try {
      return readNow(handle -> handle.select(dialect.size()).mapTo(Long.class).one());
    } catch (TrackingException _) {
      return -1; // a database that does not answer has other ways to be noticed
    }
  }

  /// What kind it is, as traces name it: `sqlite` or `postgresql`.
  public String system() {
    return dialect instanceof PostgreSql ? "postgresql" : "sqlite";
  }

  /// Where it is, without a password.
  public String place() {
    return dialect.place();
  }

  @Override
  public void close() {
    writers.forEach(GroupCommit::close);
    connections.close();
  }
}
