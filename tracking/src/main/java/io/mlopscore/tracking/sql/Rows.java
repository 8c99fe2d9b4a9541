package io.mlopscore.tracking.sql;

import io.mlopscore.tracking.LifecycleStage;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/// What several tables have in common: pairs of texts, and the words for states.
final class Rows {
  /// How many rows of a long answer a database server sends at a time.
  static final int AT_ONCE = 5000;

  private Rows() {}

  /// Reads rows of a key and a value.
  static Map<String, String> pairs(Handle handle, String sql, Object... arguments) {
    var pairs = new LinkedHashMap<String, String>();
    handle
        .select(sql, arguments)
        .map((row, _) -> Map.entry(row.getString(1), orEmpty(row.getString(2))))
        .forEach(pair -> pairs.put(pair.getKey(), pair.getValue()));
    return pairs;
  }

  /// Reads rows of an id, a key and a value.
  static Map<String, Map<String, String>> pairsOf(Query query) {
    var pairs = new HashMap<String, Map<String, String>>();
    query
        .map(
            (row, _) -> {
              pairs
                  .computeIfAbsent(row.getString(1), _ -> new HashMap<>())
                  .put(row.getString(2), orEmpty(row.getString(3)));
              return row;
            })
        .forEach(_ -> {});
    return pairs;
  }

  static @Nullable String orNull(@Nullable String text) {
    return text == null || text.isEmpty() ? null : text;
  }

  static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  static LifecycleStage stage(@Nullable String text) {
    return text == null
        ? LifecycleStage.ACTIVE
        : LifecycleStage.valueOf(text.toUpperCase(Locale.ROOT));
  }
}
