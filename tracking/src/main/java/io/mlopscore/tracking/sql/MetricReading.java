package io.mlopscore.tracking.sql;

import io.mlopscore.tracking.Metric;
import io.mlopscore.tracking.RunMetric;
import io.mlopscore.tracking.StepRange;
import io.mlopscore.tracking.search.PageToken;
import io.mlopscore.tracking.search.SearchPage;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// The table `metrics`: every point of every metric. No answer needs more memory than it is long.
final class MetricReading {
  private static final String COLUMNS = "SELECT \"key\", value, timestamp, step, is_nan";
  private static final String IN_ORDER = "step, timestamp, value, is_nan";

  private MetricReading() {}

  static Metric metric(ResultSet row) throws SQLException {
    return new Metric(
        row.getString("key"), value(row), row.getLong("timestamp"), row.getLong("step"));
  }

  private static double value(ResultSet row) throws SQLException {
    return row.getBoolean("is_nan") ? Double.NaN : row.getDouble("value");
  }

  /// A part of a history, by timestamp, step and value.
  static SearchPage<Metric> page(
      Handle handle, String run, String key, int maxResults, String pageToken) {
    var order =
        new Sorting(
            new SqlText(),
            Map.of(),
            List.of(
                SortKey.number("timestamp", true),
                SortKey.number("step", true),
                SortKey.number("value", true),
                SortKey.number("CASE WHEN is_nan THEN 1 ELSE 0 END", true)));
    var token = PageToken.parse(pageToken);
    var query =
        SqlText.of(COLUMNS + " FROM metrics").add(" WHERE run_uuid = ? AND \"key\" = ?", run, key);
    if (token instanceof PageToken.After after) {
      query.add(order.after(after));
    }
    query.add(" ORDER BY " + order.orderBy() + " LIMIT ?", maxResults + 1L);
    if (token instanceof PageToken.Offset(var items) && items > 0) {
      query.add(" OFFSET ?", items);
    }
    var points = new PointColumns(key);
    var tokens = new ArrayList<String>();
    query
        .query(handle)
        .setFetchSize(Rows.AT_ONCE)
        .map(
            (row, _) -> {
              if (points.size() == maxResults - 1) {
                tokens.add(after(row).toString());
              }
              points.append(value(row), row.getLong("timestamp"), row.getLong("step"));
              return row;
            })
        .forEach(_ -> {});
    if (points.size() <= maxResults) {
      return new SearchPage<>(points, "");
    }
    points.forgetLast();
    return new SearchPage<>(points, tokens.getFirst());
  }

  private static PageToken.After after(ResultSet row) throws SQLException {
    return new PageToken.After(
        List.of(
            row.getLong("timestamp"),
            row.getLong("step"),
            row.getDouble("value"),
            row.getBoolean("is_nan") ? 1L : 0L));
  }

  /// Points of several runs, by run, timestamp, step and value.
  static List<RunMetric> histories(Handle handle, List<String> runs, String key, int maxResults) {
    return SqlText.of(COLUMNS + ", run_uuid FROM metrics WHERE run_uuid IN ")
        .list(runs)
        .add(" AND \"key\" = ? ORDER BY run_uuid, timestamp, step, value LIMIT ?", key, maxResults)
        .query(handle)
        .map((row, _) -> new RunMetric(row.getString("run_uuid"), metric(row)))
        .list();
  }

  /// As MLflow chooses: the first point of each of so many buckets of equal size, and the last
  /// point of all.
  static List<RunMetric> sampled(Handle handle, String run, String key, StepRange steps, int most) {
    var chosen =
        StepSample.of(handle, run, key, steps, most)
            .flatMap(sample -> atSteps(handle, run, key, sample.firstOfBuckets()))
            .orElseGet(() -> firstOfBuckets(handle, run, key, steps, most));
    return withLast(handle, chosen, run, key, steps, most);
  }

  /// The first point of each step; empty if a step has none.
  private static Optional<List<RunMetric>> atSteps(
      Handle handle, String run, String key, List<Long> steps) {
    var points = new LinkedHashMap<Long, RunMetric>();
    pointsAt(run, key, steps)
        .query(handle)
        .map((row, _) -> new RunMetric(run, metric(row)))
        .forEach(point -> points.putIfAbsent(point.metric().step(), point));
    return points.size() == steps.size()
        ? Optional.of(List.copyOf(points.values()))
        : Optional.empty();
  }

  /// Joined rather than listed: PostgreSQL may compare every point with every item of a list. As a
  /// `CROSS JOIN`, whose order SQLite keeps; it would else look up every point among the steps.
  static SqlText pointsAt(String run, String key, List<Long> steps) {
    var chosen = String.join(", ", Collections.nCopies(steps.size(), "(?)"));
    return SqlText.of(COLUMNS + " FROM (VALUES " + chosen + ") c", steps.toArray())
        .add(
            " CROSS JOIN metrics WHERE step = c.column1 AND run_uuid = ? AND \"key\" = ?", run, key)
        .add(" ORDER BY " + IN_ORDER);
  }

  private static List<RunMetric> firstOfBuckets(
      Handle handle, String run, String key, StepRange steps, int most) {
    return handle
        .select(
            COLUMNS
                + " FROM (SELECT n.*, ROW_NUMBER() OVER (PARTITION BY bucket ORDER BY "
                + IN_ORDER
                + ") AS place FROM (SELECT m.*, NTILE(?) OVER (ORDER BY "
                + IN_ORDER
                + ") AS bucket FROM metrics m WHERE run_uuid = ? AND \"key\" = ?"
                + " AND step BETWEEN ? AND ?) n) p WHERE place = 1 ORDER BY "
                + IN_ORDER,
            most,
            run,
            key,
            steps.first(),
            steps.last())
        .map((row, _) -> new RunMetric(run, metric(row)))
        .list();
  }

  private static List<RunMetric> withLast(
      Handle handle, List<RunMetric> chosen, String run, String key, StepRange steps, int most) {
    if (chosen.isEmpty()) {
      return chosen;
    }
    var last =
        handle
            .select(
                COLUMNS
                    + " FROM metrics WHERE run_uuid = ? AND \"key\" = ? AND step BETWEEN ? AND ?"
                    + " ORDER BY step DESC, timestamp DESC, value DESC, is_nan DESC LIMIT 1",
                run,
                key,
                steps.first(),
                steps.last())
            .map((row, _) -> new RunMetric(run, metric(row)))
            .one();
    var all = new ArrayList<>(chosen);
    if (!all.getLast().equals(last)) {
      if (all.size() >= most) {
        all.removeLast();
      }
      all.add(last);
    }
    return all;
  }
}
