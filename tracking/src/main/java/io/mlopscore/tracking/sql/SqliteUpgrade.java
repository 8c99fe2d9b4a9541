package io.mlopscore.tracking.sql;

import io.mlopscore.tracking.sql.SqliteShape.Column;
import io.mlopscore.tracking.sql.SqliteShape.Piece;
import io.mlopscore.tracking.sql.SqliteShape.Table;
import java.util.List;
import java.util.stream.Collectors;

/// How a SQLite database takes the newest shape. SQLite changes no column of a table: one that
/// differs is made anew and filled from the old one. Foreign keys are off meanwhile.
record SqliteUpgrade(SqliteShape wanted, SqliteShape found) {
  private static final String FRESH = "mlops_fresh_";

  UpgradePlan plan() {
    var draft = new UpgradePlan.Draft();
    wanted.tables().values().forEach(table -> plan(table, draft));
    found.pieces().values().forEach(piece -> keepOrDrop(piece, draft));
    wanted.pieces().values().stream()
        .filter(piece -> isGone(piece.table()) || !isThere(piece))
        .forEach(piece -> make(piece, draft));
    return draft.done();
  }

  private void plan(Table table, UpgradePlan.Draft draft) {
    var old = found.tables().get(table.name());
    if (old == null) {
      draft.changes.add("new table " + table.name());
      draft.expand.add(table.sql());
    } else if (!table.isLike(old)) {
      SchemaUpgrade.requireKnown(table.name(), old.columns().keySet(), table.columns().keySet());
      addMissing(table, old, draft);
      draft.changes.add("rewritten table " + table.name());
      rewrite(table, draft);
    }
  }

  private static void addMissing(Table table, Table old, UpgradePlan.Draft draft) {
    for (var column : table.columns().values()) {
      if (!old.columns().containsKey(column.name()) && !column.isGenerated()) {
        draft.changes.add("new column " + table.name() + "." + column.name());
        draft.expand.add("ALTER TABLE \"" + table.name() + "\" ADD COLUMN " + column.definition());
      }
    }
  }

  private static void rewrite(Table table, UpgradePlan.Draft draft) {
    var name = table.name();
    var columns =
        table.columns().values().stream()
            .filter(column -> !column.isGenerated())
            .map(Column::name)
            .collect(Collectors.joining("\", \"", "\"", "\""));
    draft.reshape.addAll(
        List.of(
            table.sql().replaceFirst("CREATE TABLE \"", "CREATE TABLE \"" + FRESH),
            "INSERT INTO \"%s%s\" (%s) SELECT %s FROM \"%s\""
                .formatted(FRESH, name, columns, columns, name),
            "DROP TABLE \"" + name + "\"",
            "ALTER TABLE \"" + FRESH + name + "\" RENAME TO \"" + name + "\""));
  }

  /// Whether the indexes of a table go with it.
  private boolean isGone(String table) {
    var old = found.tables().get(table);
    var next = wanted.tables().get(table);
    return next != null && (old == null || !next.isLike(old));
  }

  private boolean isThere(Piece piece) {
    var old = found.pieces().get(piece.name());
    return old != null && piece.isLike(old);
  }

  /// Indexes that someone added stay.
  private void keepOrDrop(Piece piece, UpgradePlan.Draft draft) {
    var isMlflows = wanted.pieces().containsKey(piece.name());
    var isFormer = UpgradePlan.FORMER_INDEXES.contains(piece.name());
    if (isGone(piece.table()) && !isMlflows && !isFormer) {
      draft.reshape.add(piece.sql());
    } else if (!isGone(piece.table()) && (isFormer || (isMlflows && !isThere(wanted(piece))))) {
      draft.reshape.add("DROP " + piece.kind() + " \"" + piece.name() + "\"");
    }
  }

  private Piece wanted(Piece piece) {
    return wanted.pieces().getOrDefault(piece.name(), piece);
  }

  private static void make(Piece piece, UpgradePlan.Draft draft) {
    draft.changes.add("new " + piece.kind() + " " + piece.name());
    draft.reshape.add(piece.sql());
  }
}
