package io.mlopscore.tracking.sql;

import io.mlopscore.tracking.ErrorCode;
import io.mlopscore.tracking.Metric;
import io.mlopscore.tracking.Names;
import io.mlopscore.tracking.RunBatch;
import io.mlopscore.tracking.TrackingException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/// What is logged to a run: the tables `metrics`, `latest_metrics`, `params` and `tags`.
///
/// MLflow keeps NaN as 0 with a mark, and the infinities as the largest doubles.
final class SqlRunLog {
  private static final int LONGEST_PARAM = 6000;
  private static final int LONGEST_TAG = 8000;

  /// Not the last one written: NaN counts as 0.
  private static final Comparator<Metric> NEWEST =
      Comparator.comparingLong(Metric::step)
          .thenComparingLong(Metric::timestamp)
          .thenComparingDouble(metric -> Double.isNaN(metric.value()) ? 0 : metric.value());

  private SqlRunLog() {}

  static void log(Handle handle, String run, RunBatch batch) {
    SqlRuns.active(handle, run);
    batch.params().forEach((key, value) -> param(handle, run, key, value));
    metrics(handle, run, batch.metrics());
    tags(handle, run, batch.tags());
  }

  private static void param(Handle handle, String run, String key, String value) {
    var kept = truncate(value, LONGEST_PARAM);
    var added =
        handle.execute(
            "INSERT INTO params (\"key\", value, run_uuid) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
            Names.key("param", key),
            kept,
            run);
    if (added == 0) {
      refuseChange(handle, run, key, kept);
    }
  }

  private static void refuseChange(Handle handle, String run, String key, String value) {
    var old =
        handle
            .select("SELECT value FROM params WHERE \"key\" = ? AND run_uuid = ?", key, run)
            .mapTo(String.class)
            .one();
    if (!old.equals(value)) {
      throw new TrackingException(
          ErrorCode.INVALID_PARAMETER_VALUE,
          "Changing param values is not allowed. Param with key='"
              + key
              + "' was already logged with value='"
              + old
              + "' for run ID='"
              + run
              + "'. Attempted logging new value '"
              + value
              + "'.");
    }
  }

  private static void metrics(Handle handle, String run, List<Metric> metrics) {
    if (metrics.isEmpty()) {
      return;
    }
    var points =
        handle.prepareBatch(
            "INSERT INTO metrics (\"key\", value, timestamp, step, is_nan, run_uuid)"
                + " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING");
    var latest =
        handle.prepareBatch(
            "INSERT INTO latest_metrics (\"key\", value, timestamp, step, is_nan, run_uuid)"
                + " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (\"key\", run_uuid) DO UPDATE SET"
                + " value = excluded.value, timestamp = excluded.timestamp, step = excluded.step,"
                + " is_nan = excluded.is_nan"
                + " WHERE (excluded.step, excluded.timestamp, excluded.value)"
                + " > (latest_metrics.step, latest_metrics.timestamp, latest_metrics.value)");
    var newest = new TreeMap<String, Metric>();
    for (var metric : metrics) {
      points.add(row(run, metric));
      newest.merge(metric.key(), metric, (a, b) -> NEWEST.compare(a, b) >= 0 ? a : b);
    }
    newest.values().forEach(metric -> latest.add(row(run, metric)));
    points.execute();
    latest.execute();
  }

  private static Object[] row(String run, Metric metric) {
    Names.key("metric", metric.key());
    if (metric.timestamp() < 0) {
      throw new TrackingException(
          ErrorCode.INVALID_PARAMETER_VALUE,
          "Got invalid timestamp "
              + metric.timestamp()
              + " for metric '"
              + metric.key()
              + "': it must be a nonnegative integer of milliseconds.");
    }
    var nan = Double.isNaN(metric.value());
    var value = nan ? 0 : Math.clamp(metric.value(), -Double.MAX_VALUE, Double.MAX_VALUE);
    return new Object[] {metric.key(), value, metric.timestamp(), metric.step(), nan, run};
  }

  static void tags(Handle handle, String run, Map<String, String> tags) {
    tags.forEach((key, value) -> tag(handle, run, key, truncate(value, LONGEST_TAG)));
    var name = tags.getOrDefault(SqlRuns.NAME_TAG, "");
    if (!name.isEmpty()) {
      handle.execute("UPDATE runs SET name = ? WHERE run_uuid = ?", name, run);
    }
  }

  private static void tag(Handle handle, String run, String key, String value) {
    handle.execute(
        "INSERT INTO tags (\"key\", value, run_uuid) VALUES (?, ?, ?)"
            + " ON CONFLICT (\"key\", run_uuid) DO UPDATE SET value = excluded.value",
        Names.key("tag", key),
        value,
        run);
  }

  private static String truncate(String value, int longest) {
    return value.length() <= longest ? value : value.substring(0, longest);
  }
}
