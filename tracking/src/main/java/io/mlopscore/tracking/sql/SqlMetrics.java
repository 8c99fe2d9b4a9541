package io.mlopscore.tracking.sql;

import io.mlopscore.tracking.Metric;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/// Points as they are written: the tables `metrics`, `latest_metrics` and `logged_model_metrics`.
///
/// MLflow keeps NaN as 0 with a mark, and the infinities as the largest doubles.
final class SqlMetrics {
  /// One point of one run.
  private record Point(String run, Metric metric) {
    boolean isNan() {
      return Double.isNaN(metric.value());
    }

    double value() {
      return isNan() ? 0 : Math.clamp(metric.value(), -Double.MAX_VALUE, Double.MAX_VALUE);
    }

    String modelId() {
      return Rows.orEmpty(metric.modelId());
    }
  }

  /// Rows are locked in one order, so that concurrent writers cannot wait for each other.
  private record Series(String run, String key) implements Comparable<Series> {
    private static final Comparator<Series> ORDER =
        Comparator.comparing(Series::run).thenComparing(Series::key);

    @Override
    public int compareTo(Series other) {
      return ORDER.compare(this, other);
    }
  }

  /// Not the last one written: by step, time and value, where NaN counts as 0.
  private static final Comparator<Point> NEWEST =
      Comparator.comparingLong((Point point) -> point.metric().step())
          .thenComparingLong(point -> point.metric().timestamp())
          .thenComparingDouble(Point::value);

  /// Neighbours in the primary key, and again one order of locks.
  private static final Comparator<Point> IN_KEY_ORDER =
      Comparator.comparing(Point::run)
          .thenComparing(point -> point.metric().key())
          .thenComparingLong(point -> point.metric().timestamp())
          .thenComparingLong(point -> point.metric().step());

  private static final String COLUMNS =
      " (\"key\", value, timestamp, step, is_nan, run_uuid) VALUES (?, ?, ?, ?, ?, ?)";

  private SqlMetrics() {}

  /// @param experiments of the runs, by the ids of these
  static void write(Handle handle, List<RunEntry> entries, Map<String, Long> experiments) {
    var points = points(entries);
    points.sort(IN_KEY_ORDER);
    RowBatch.write(
        handle,
        "INSERT INTO metrics" + COLUMNS + " ON CONFLICT DO NOTHING",
        points,
        SqlMetrics::bind);
    RowBatch.write(
        handle,
        "INSERT INTO latest_metrics"
            + COLUMNS
            + " ON CONFLICT (\"key\", run_uuid) DO UPDATE SET"
            + " value = excluded.value, timestamp = excluded.timestamp, step = excluded.step,"
            + " is_nan = excluded.is_nan"
            + " WHERE (excluded.step, excluded.timestamp, excluded.value)"
            + " > (latest_metrics.step, latest_metrics.timestamp, latest_metrics.value)",
        latest(points),
        SqlMetrics::bind);
    if (Layout.of(handle).has("logged_model_metrics")) {
      ofModels(handle, points.stream().filter(p -> !p.modelId().isEmpty()).toList(), experiments);
    }
  }

  private static List<Point> points(List<RunEntry> entries) {
    var points = new ArrayList<Point>();
    for (var entry : entries) {
      for (var metric : entry.batch().metrics()) {
        points.add(new Point(entry.run(), metric));
      }
    }
    return points;
  }

  private static Iterable<Point> latest(List<Point> points) {
    var latest = new TreeMap<Series, Point>();
    for (var point : points) {
      latest.merge(
          new Series(point.run(), point.metric().key()),
          point,
          (a, b) -> NEWEST.compare(a, b) >= 0 ? a : b);
    }
    return latest.values();
  }

  private static void bind(PreparedStatement statement, Point point) throws SQLException {
    var metric = point.metric();
    statement.setString(1, metric.key());
    statement.setDouble(2, point.value());
    statement.setLong(3, metric.timestamp());
    statement.setLong(4, metric.step());
    statement.setBoolean(5, point.isNan());
    statement.setString(6, point.run());
  }

  /// MLflow's table has room for one value of a model at a step and time, and the first stays; the
  /// run has them all.
  private static void ofModels(Handle handle, List<Point> points, Map<String, Long> experiments) {
    RowBatch.write(
        handle,
        "INSERT INTO logged_model_metrics (model_id, metric_name, metric_timestamp_ms, metric_step,"
            + " metric_value, experiment_id, run_id, dataset_name, dataset_digest)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        points,
        (statement, point) -> {
          var metric = point.metric();
          statement.setString(1, point.modelId());
          statement.setString(2, metric.key());
          statement.setLong(3, metric.timestamp());
          statement.setLong(4, metric.step());
          statement.setDouble(5, point.value());
          statement.setLong(6, experiments.getOrDefault(point.run(), 0L));
          statement.setString(7, point.run());
          statement.setString(8, metric.datasetName());
          statement.setString(9, metric.datasetDigest());
        });
  }
}
