package io.mlopscore.tracking.sql;

import io.mlopscore.tracking.observability.SlowQuery;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.config.JdbiConfig;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.StatementContext;

/// Tells of statements that took long; of none until somebody listens.
public final class SlowQueries implements JdbiConfig<SlowQueries>, SqlLogger {
  private long slow = Long.MAX_VALUE;
  private Consumer<SlowQuery> listener = _ -> {};

  void tell(Duration from, Consumer<SlowQuery> whom) {
    slow = from.toNanos();
    listener = whom;
  }

  static SlowQueries of(Handle handle) {
    return handle.getConfig(SlowQueries.class);
  }

  @Override
  public void logAfterExecution(StatementContext context) {
    took(context.getRenderedSql(), context.getElapsedTime(ChronoUnit.NANOS), -1);
  }

  /// @param rows how many were written; -1 if nobody knows
  void took(String statement, long nanos, long rows) {
    if (nanos >= slow) {
      listener.accept(new SlowQuery(statement, nanos, rows));
    }
  }

  @Override
  public SlowQueries createCopy() {
    return this;
  }
}
