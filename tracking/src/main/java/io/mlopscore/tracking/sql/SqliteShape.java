package io.mlopscore.tracking.sql;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/// The tables, indexes and triggers of a SQLite database, by name.
record SqliteShape(Map<String, Table> tables, Map<String, Piece> pieces) {
  /// @param sql as it was written
  record Table(String name, String sql, Map<String, Column> columns) {
    boolean isLike(Table other) {
      return plain(sql).equals(plain(other.sql));
    }
  }

  /// @param fallback the default, as SQL
  record Column(String name, String type, @Nullable String fallback, boolean isGenerated) {
    String definition() {
      var suffix = fallback == null ? "" : " DEFAULT " + fallback;
      return "\"" + name + "\" " + type + suffix;
    }
  }

  /// An index or a trigger.
  record Piece(String name, String kind, String table, String sql) {
    boolean isLike(Piece other) {
      return plain(sql).equals(plain(other.sql));
    }
  }

  /// The newest schema.
  static SqliteShape wanted(SchemaScript script) throws SQLException {
    try (Connection memory = DriverManager.getConnection("jdbc:sqlite::memory:")) {
      script.run(memory);
      try (var handle = Jdbi.open(memory)) {
        return of(handle);
      }
    }
  }

  static SqliteShape of(Handle handle) {
    var tables = new LinkedHashMap<String, Table>();
    var pieces = new TreeMap<String, Piece>();
    handle
        .select("SELECT type, name, tbl_name, sql FROM sqlite_master WHERE sql IS NOT NULL")
        .map(
            (row, _) ->
                List.of(row.getString(1), row.getString(2), row.getString(3), row.getString(4)))
        .list()
        .forEach(
            row -> {
              var name = row.get(1);
              if (row.getFirst().equals("table")) {
                tables.put(name, new Table(name, row.get(3), columns(handle, name)));
              } else {
                pieces.put(name, new Piece(name, row.getFirst(), row.get(2), row.get(3)));
              }
            });
    return new SqliteShape(tables, pieces);
  }

  private static Map<String, Column> columns(Handle handle, String table) {
    var columns = new LinkedHashMap<String, Column>();
    handle
        .select("SELECT name, type, dflt_value, hidden FROM pragma_table_xinfo(?)", table)
        .map(
            (row, _) ->
                new Column(
                    row.getString(1), row.getString(2), row.getString(3), row.getInt(4) != 0))
        .forEach(column -> columns.put(column.name(), column));
    return columns;
  }

  /// Without what SQLite does not care for.
  private static String plain(String sql) {
    return sql.replace("\"", "").replaceAll("\\s+", " ").replaceAll(" ?([(),]) ?", "$1").strip();
  }
}
