package io.mlopscore.console;

import io.mlopscore.tracking.Metric;
import io.mlopscore.tracking.Run;
import java.util.List;
import java.util.stream.Stream;

/// Runs side by side: what they were given, and what came out.
record RunTable(List<Column> columns, List<Column> params, List<Column> metrics, List<Row> rows) {
  RunTable {
    columns = List.copyOf(columns);
    params = List.copyOf(params);
    metrics = List.copyOf(metrics);
    rows = List.copyOf(rows);
  }

  /// @param cells one per metric, then one per param
  record Row(
      String name, String href, String status, Moment start, String duration, List<Cell> cells) {
    Row {
      cells = List.copyOf(cells);
    }
  }

  static RunTable of(String experimentId, List<Run> runs, RunOrder order, Times times) {
    var paramNames = runs.stream().flatMap(run -> run.params().keySet().stream());
    var metricNames = runs.stream().flatMap(run -> run.metrics().stream()).map(Metric::key);
    var params = columns(Column.PARAMS, paramNames, experimentId, order);
    var metrics = columns(Column.METRICS, metricNames, experimentId, order);
    var best = Best.of(runs);
    var rows =
        order.sort(runs).stream().map(run -> row(run, params, metrics, best, times)).toList();
    return new RunTable(
        List.of(
            Column.of("run", "Run", experimentId, order),
            Column.of("status", "Status", experimentId, order),
            Column.of("start", "Started", experimentId, order),
            Column.of("duration", "Duration", experimentId, order)),
        params,
        metrics,
        rows);
  }

  private static List<Column> columns(
      String group, Stream<String> names, String experimentId, RunOrder order) {
    return names
        .distinct()
        .sorted()
        .map(name -> Column.of(group + name, name, experimentId, order))
        .toList();
  }

  private static Row row(
      Run run, List<Column> params, List<Column> metrics, Best best, Times times) {
    var info = run.info();
    var cells =
        Stream.concat(
            metrics.stream().map(column -> best.cell(run, column.label())),
            params.stream().map(column -> param(run, column.label())));
    return new Row(
        info.runName().isEmpty() ? info.runId() : info.runName(),
        Links.run(info.experimentId(), info.runId()),
        info.status().name(),
        times.moment(info.startTime()),
        times.duration(info.startTime(), info.endTime()),
        cells.toList());
  }

  private static Cell param(Run run, String name) {
    var value = run.params().get(name);
    return value == null ? Cell.EMPTY : new Cell(value, value, false);
  }
}
