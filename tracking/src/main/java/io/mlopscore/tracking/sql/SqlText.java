package io.mlopscore.tracking.sql;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/// SQL in the making, with the values that are bound to its question marks.
final class SqlText {
  private final StringBuilder text = new StringBuilder();
  private final List<Object> values = new ArrayList<>();

  static SqlText of(String piece, Object... values) {
    return new SqlText().add(piece, values);
  }

  SqlText add(String piece, Object... bound) {
    text.append(piece);
    Collections.addAll(values, bound);
    return this;
  }

  SqlText add(SqlText other) {
    text.append(other.text);
    values.addAll(other.values);
    return this;
  }

  /// `(?, ?, ?)`, or for nothing a list that nothing is in.
  SqlText list(Collection<?> items) {
    if (items.isEmpty()) {
      return add("(NULL)");
    }
    text.append('(').append(String.join(", ", Collections.nCopies(items.size(), "?"))).append(')');
    values.addAll(items);
    return this;
  }

  boolean isEmpty() {
    return text.isEmpty();
  }

  int update(Handle handle) {
    return handle.execute(text.toString(), values.toArray());
  }

  Query query(Handle handle) {
    return handle.select(text.toString(), values.toArray());
  }

  @Override
  public String toString() {
    return text + " " + values;
  }
}
