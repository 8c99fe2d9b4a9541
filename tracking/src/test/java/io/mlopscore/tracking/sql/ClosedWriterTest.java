package io.mlopscore.tracking.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

/// A server whose database is away ends at once: nothing waits, so nothing is asked of it.
final class ClosedWriterTest {
  @Test
  void closingAnIdleWriterAsksForNoConnection() {
    var asked = new AtomicInteger();
    var jdbi =
        Jdbi.create(
            () -> {
              asked.incrementAndGet();
              throw new SQLException("away");
            });
    new GroupCommit(jdbi, new Sqlite(Path.of("never.db")), 0).close();
    assertThat(asked).hasValue(0);
  }
}
