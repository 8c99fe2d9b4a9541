package io.mlopscore.tracking.sql;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;

/// Rows that one statement writes. Plain JDBC, because metrics come in the hundreds of thousands.
final class RowBatch {
  /// Binds one row.
  interface Row<T> {
    void bind(PreparedStatement statement, T row) throws SQLException;
  }

  private RowBatch() {}

  static <T> void write(Handle handle, String sql, Iterable<T> rows, Row<T> binding) {
    var iterator = rows.iterator();
    if (!iterator.hasNext()) {
      return;
    }
    var start = System.nanoTime();
    var count = 0L;
    try (var statement = handle.getConnection().prepareStatement(sql)) {
      while (iterator.hasNext()) {
        binding.bind(statement, iterator.next());
        statement.addBatch();
        count++;
      }
      statement.executeBatch();
      SlowQueries.of(handle).took(sql, System.nanoTime() - start, count);
    } catch (SQLException e) {
      throw new UnableToExecuteStatementException(e, null);
    }
  }
}
