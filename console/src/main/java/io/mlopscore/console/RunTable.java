package io.mlopscore.console;

import io.mlopscore.tracking.Run;
import java.util.List;
import java.util.stream.Stream;

/// Runs below each other: what they were given, and what came out.
///
/// @param fixed the columns that are always there
/// @param columns those that were chosen: metrics, then params, then tags, then facts
record RunTable(List<Column> fixed, List<Column> columns, List<Row> rows) {
  RunTable {
    fixed = List.copyOf(fixed);
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
  }

  /// @param cells one per column
  record Row(
      String id,
      String name,
      String href,
      String status,
      Moment start,
      String duration,
      List<Cell> cells) {
    Row {
      cells = List.copyOf(cells);
    }
  }

  /// Columns of one kind, side by side.
  record Group(String label, int columns) {}

  static RunTable of(
      String experimentId, List<Run> runs, RunQuery query, List<String> shown, Visit visit) {
    var base = visit.links().experiment(experimentId);
    var best = Best.of(runs);
    return new RunTable(
        List.of(
            Column.of("run", "Run", base, query),
            Column.of("status", "Status", base, query),
            Column.of("start", "Started", base, query),
            Column.of("duration", "Duration", base, query)),
        shown.stream().map(key -> Column.of(key, Column.name(key), base, query)).toList(),
        runs.stream().map(run -> row(run, shown, best, visit)).toList());
  }

  private static Row row(Run run, List<String> shown, Best best, Visit visit) {
    var info = run.info();
    return new Row(
        info.runId(),
        Pages.name(info),
        visit.links().run(info.experimentId(), info.runId()),
        info.status().name(),
        visit.times().moment(info.startTime()),
        visit.times().duration(info.startTime(), info.endTime()),
        shown.stream().map(key -> cell(run, key, best)).toList());
  }

  private static Cell cell(Run run, String key, Best best) {
    var name = Column.name(key);
    if (key.startsWith(Column.METRICS)) {
      return best.cell(run, name);
    }
    if (key.startsWith(Column.PARAMS)) {
      return Cell.of(run.params().get(name));
    }
    return Cell.of(key.startsWith(Column.TAGS) ? run.tags().get(name) : RunFact.of(run, name));
  }

  List<Group> groups() {
    return Stream.of(
            group("Metrics", Column.METRICS),
            group("Params", Column.PARAMS),
            group("Tags", Column.TAGS),
            group("Facts", Column.FACTS))
        .filter(group -> group.columns() > 0)
        .toList();
  }

  private Group group(String label, String prefix) {
    return new Group(label, (int) columns.stream().filter(each -> each.isIn(prefix)).count());
  }

  /// Whether a column is the first of its group.
  boolean begins(int index) {
    return index == 0 || !columns.get(index).isIn(prefix(columns.get(index - 1)));
  }

  /// Whether all values of a column are numbers.
  boolean numeric(int index) {
    return columns.get(index).isIn(Column.METRICS)
        || rows.stream()
            .map(row -> row.cells().get(index))
            .allMatch(cell -> cell.number() || cell.text().isEmpty());
  }

  private static String prefix(Column column) {
    return column.key().substring(0, column.key().indexOf('.') + 1);
  }
}
