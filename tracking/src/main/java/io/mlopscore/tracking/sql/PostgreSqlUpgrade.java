package io.mlopscore.tracking.sql;

import io.mlopscore.tracking.sql.PostgreSqlShape.Column;
import io.mlopscore.tracking.sql.PostgreSqlShape.Constraint;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/// How a PostgreSQL database takes the newest shape: what differs is altered where it is.
record PostgreSqlUpgrade(SchemaScript script, PostgreSqlShape wanted, PostgreSqlShape found) {
  private static final Pattern SUBJECT =
      Pattern.compile("CREATE TABLE (\\w+) .*|ALTER TABLE (\\w+) ALTER COLUMN .*", Pattern.DOTALL);
  private static final Pattern TRIGGER =
      Pattern.compile("CREATE (FUNCTION|TRIGGER) (\\w+)\\b.*", Pattern.DOTALL);
  private static final String KINDS = "pucf"; // keys before what refers to them

  UpgradePlan plan() {
    var draft = new UpgradePlan.Draft();
    script.statements().forEach(statement -> makeTable(statement, draft));
    dropConstraints(draft);
    dropIndexes(draft);
    wanted.tables().forEach((table, columns) -> plan(table, columns, draft));
    makeConstraints(draft);
    makeIndexes(draft);
    script.statements().forEach(statement -> makeTrigger(statement, draft));
    return draft.done();
  }

  private void makeTable(String statement, UpgradePlan.Draft draft) {
    var matcher = SUBJECT.matcher(statement);
    if (!matcher.matches()) {
      return;
    }
    var table = Objects.requireNonNullElse(matcher.group(1), matcher.group(2));
    if (!found.tables().containsKey(table)) {
      draft.expand.add(statement);
      if (matcher.group(1) != null) {
        draft.changes.add("new table " + table);
      }
    }
  }

  private void plan(String table, Map<String, Column> columns, UpgradePlan.Draft draft) {
    var old = found.tables().get(table);
    if (old == null) {
      return;
    }
    SchemaUpgrade.requireKnown(table, old.keySet(), columns.keySet());
    for (var column : columns.values()) {
      var there = old.get(column.name());
      if (there == null) {
        add(table, column, draft);
      } else if (!column.equals(there)) {
        alter(table, column, there, draft);
      }
    }
    for (var name : old.keySet()) {
      if (!columns.containsKey(name)) {
        draft.changes.add("column " + table + "." + name + " goes");
        draft.reshape.add(alter(table) + "DROP COLUMN " + name);
      }
    }
  }

  /// Required only once rows were moved into it.
  private static void add(String table, Column column, UpgradePlan.Draft draft) {
    draft.changes.add("new column " + table + "." + column.name());
    var suffix =
        column.fallback() == null
            ? ""
            : column.isGenerated()
                ? " GENERATED ALWAYS AS (" + column.fallback() + ") STORED"
                : " DEFAULT " + column.fallback();
    draft.expand.add(
        alter(table) + "ADD COLUMN \"" + column.name() + "\" " + column.type() + suffix);
    if (column.isRequired()) {
      draft.reshape.add(of(table, column) + "SET NOT NULL");
    }
  }

  private static void alter(String table, Column column, Column there, UpgradePlan.Draft draft) {
    draft.changes.add("changed column " + table + "." + column.name());
    if (!column.type().equals(there.type())) {
      draft.reshape.add(of(table, column) + "TYPE " + column.type());
    }
    if (!Objects.equals(column.fallback(), there.fallback())) {
      draft.reshape.add(
          of(table, column)
              + (column.fallback() == null ? "DROP DEFAULT" : "SET DEFAULT " + column.fallback()));
    }
    if (column.isRequired() != there.isRequired()) {
      draft.reshape.add(
          of(table, column) + (column.isRequired() ? "SET NOT NULL" : "DROP NOT NULL"));
    }
  }

  private static String alter(String table) {
    return "ALTER TABLE \"" + table + "\" ";
  }

  private static String of(String table, Column column) {
    return alter(table) + "ALTER COLUMN \"" + column.name() + "\" ";
  }

  private void dropConstraints(UpgradePlan.Draft draft) {
    found.constraints().values().stream()
        .filter(old -> wanted.tables().containsKey(old.table()))
        .filter(old -> !isWanted(old))
        .sorted(Comparator.comparing(old -> old.isForeignKey() ? 0 : 1))
        .forEach(
            old ->
                draft.reshape.add(alter(old.table()) + "DROP CONSTRAINT \"" + old.name() + "\""));
  }

  private boolean isWanted(Constraint constraint) {
    return constraint.isLike(wanted.constraints().get(key(constraint)));
  }

  private static String key(Constraint constraint) {
    return constraint.table() + "." + constraint.name();
  }

  private void makeConstraints(UpgradePlan.Draft draft) {
    wanted.constraints().values().stream()
        .filter(next -> !next.isLike(found.constraints().get(key(next))))
        .filter(next -> !next.isCheck() || found.tables().containsKey(next.table()))
        .sorted(Comparator.comparing(next -> KINDS.indexOf(next.kind())))
        .forEach(
            next -> {
              if (found.tables().containsKey(next.table())) {
                draft.changes.add("new constraint " + key(next));
              }
              draft.reshape.add(
                  alter(next.table())
                      + "ADD CONSTRAINT \""
                      + next.name()
                      + "\" "
                      + next.definition());
            });
  }

  /// Indexes that someone added stay.
  private void dropIndexes(UpgradePlan.Draft draft) {
    for (var old : found.indexes().entrySet()) {
      var next = wanted.indexes().get(old.getKey());
      var isFormer = UpgradePlan.FORMER_INDEXES.contains(old.getKey());
      if (isFormer || (next != null && !next.equals(old.getValue()))) {
        draft.reshape.add("DROP INDEX \"" + old.getKey() + "\"");
      }
    }
  }

  private void makeIndexes(UpgradePlan.Draft draft) {
    for (var next : wanted.indexes().entrySet()) {
      if (!next.getValue().equals(found.indexes().get(next.getKey()))) {
        draft.changes.add("new index " + next.getKey());
        draft.reshape.add(next.getValue());
      }
    }
  }

  private void makeTrigger(String statement, UpgradePlan.Draft draft) {
    var matcher = TRIGGER.matcher(statement);
    if (matcher.matches() && !found.triggers().containsKey(matcher.group(2))) {
      draft.reshape.add(statement.replaceFirst("^CREATE FUNCTION", "CREATE OR REPLACE FUNCTION"));
    }
  }
}
