package io.mlopscore.tracking.sql;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The tables of one schema of a PostgreSQL database with all that belongs to them.
///
/// @param tables the columns of each
/// @param constraints by table and name
/// @param indexes those that belong to no constraint, by name
/// @param triggers by name, with the text of the function
record PostgreSqlShape(
    Map<String, Map<String, Column>> tables,
    Map<String, Constraint> constraints,
    Map<String, String> indexes,
    Map<String, String> triggers) {

  /// @param fallback the default, or what a generated column is made of
  record Column(
      String name,
      String type,
      boolean isRequired,
      @Nullable String fallback,
      boolean isGenerated) {}

  /// @param kind `p`, `u`, `c` or `f`, as PostgreSQL marks them
  record Constraint(String table, String name, String kind, String definition) {
    boolean isForeignKey() {
      return kind.equals("f");
    }

    boolean isCheck() {
      return kind.equals("c");
    }

    /// Whether it says the same. PostgreSQL writes the casts of a check elsewhere once it was
    /// dumped and read again.
    boolean isLike(@Nullable Constraint other) {
      return other != null && plain().equals(other.plain());
    }

    private String plain() {
      var bare = definition.replaceAll("::(character varying|text)|\\[\\]|[() ]", "");
      return kind + (isCheck() ? bare : definition);
    }
  }

  /// The newest schema: made beside the real one for as long as it is looked at.
  static PostgreSqlShape wanted(Handle handle, SchemaScript script) {
    var own = schema(handle);
    handle.execute("CREATE SCHEMA mlops_wanted");
    handle.execute("SET LOCAL search_path TO mlops_wanted");
    script.run(handle.getConnection());
    var shape = of(handle);
    handle.execute("SET LOCAL search_path TO \"" + own + "\"");
    handle.execute("DROP SCHEMA mlops_wanted CASCADE");
    return shape;
  }

  private static String schema(Handle handle) {
    return handle.select("SELECT current_schema()").mapTo(String.class).one();
  }

  static PostgreSqlShape of(Handle handle) {
    return new PostgreSqlShape(
        tables(handle), constraints(handle), indexes(handle), triggers(handle));
  }

  private static Map<String, Map<String, Column>> tables(Handle handle) {
    var tables = new TreeMap<String, Map<String, Column>>();
    handle
        .select(
            "SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull,"
                + " pg_get_expr(d.adbin, d.adrelid), a.attgenerated <> ''"
                + " FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid"
                + " LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum"
                + " WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r'"
                + " AND a.attnum > 0 AND NOT a.attisdropped ORDER BY c.relname, a.attnum")
        .map(
            (row, _) ->
                Map.entry(
                    row.getString(1),
                    new Column(
                        row.getString(2),
                        row.getString(3),
                        row.getBoolean(4),
                        row.getString(5),
                        row.getBoolean(6))))
        .forEach(
            column ->
                tables
                    .computeIfAbsent(column.getKey(), _ -> new LinkedHashMap<>())
                    .put(column.getValue().name(), column.getValue()));
    return tables;
  }

  private static Map<String, Constraint> constraints(Handle handle) {
    var constraints = new TreeMap<String, Constraint>();
    handle
        .select(
            "SELECT c.relname, n.conname, n.contype::text, pg_get_constraintdef(n.oid)"
                + " FROM pg_constraint n JOIN pg_class c ON c.oid = n.conrelid"
                + " WHERE c.relnamespace = current_schema()::regnamespace"
                + " AND n.contype IN ('p', 'u', 'c', 'f')")
        .map(
            (row, _) ->
                new Constraint(
                    row.getString(1), row.getString(2), row.getString(3), row.getString(4)))
        .forEach(found -> constraints.put(found.table() + "." + found.name(), found));
    return constraints;
  }

  private static Map<String, String> indexes(Handle handle) {
    var indexes = new TreeMap<String, String>();
    handle
        .select(
            "SELECT c.relname, replace(pg_get_indexdef(c.oid), ' ' || quote_ident(current_schema())"
                + " || '.', ' ') FROM pg_class c"
                + " WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'i'"
                + " AND NOT EXISTS (SELECT 1 FROM pg_constraint n WHERE n.conindid = c.oid)")
        .map((row, _) -> Map.entry(row.getString(1), row.getString(2)))
        .forEach(index -> indexes.put(index.getKey(), index.getValue()));
    return indexes;
  }

  private static Map<String, String> triggers(Handle handle) {
    var triggers = new TreeMap<String, String>();
    handle
        .select(
            "SELECT t.tgname, p.prosrc FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid"
                + " JOIN pg_class c ON c.oid = t.tgrelid"
                + " WHERE c.relnamespace = current_schema()::regnamespace AND NOT t.tgisinternal")
        .map((row, _) -> Map.entry(row.getString(1), row.getString(2)))
        .forEach(trigger -> triggers.put(trigger.getKey(), trigger.getValue()));
    return triggers;
  }
}
