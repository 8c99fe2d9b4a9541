package io.mlopscore.tracking.sql;

import io.mlopscore.tracking.ErrorCode;
import io.mlopscore.tracking.Metric;
import io.mlopscore.tracking.Names;
import io.mlopscore.tracking.RunBatch;
import io.mlopscore.tracking.TrackingException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What may be logged to a run, before any database is asked.
///
/// @param truncatesLongValues whether too long params and tags are cut, or refused:
///     `MLFLOW_TRUNCATE_LONG_VALUES`
record RunLogRules(boolean truncatesLongValues) {
  private static final String TRUNCATE = "MLFLOW_TRUNCATE_LONG_VALUES";
  private static final int LONGEST_PARAM = 6000;
  private static final int LONGEST_TAG = 8000;

  static RunLogRules of(Map<String, String> env) {
    var value = env.getOrDefault(TRUNCATE, "true");
    return new RunLogRules(!value.equalsIgnoreCase("false") && !value.equals("0"));
  }

  /// The batch as it will be kept.
  ///
  /// @throws TrackingException in MLflow's words
  RunBatch kept(RunBatch batch) {
    checkMetrics(batch.metrics());
    return new RunBatch(
        batch.metrics(),
        kept("param", "Param value", LONGEST_PARAM, batch.params()),
        kept("tag", "value", LONGEST_TAG, batch.tags()));
  }

  private static void checkMetrics(List<Metric> metrics) {
    for (var i = 0; i < metrics.size(); i++) {
      var metric = metrics.get(i);
      Names.key("metric", metric.key());
      if (metric.timestamp() < 0) {
        throw refused(
            "Invalid value "
                + metric.timestamp()
                + " for parameter '"
                + (metrics.size() == 1 ? "" : "metrics[" + i + "].")
                + "timestamp' supplied: metric '"
                + metric.key()
                + "' (value="
                + metric.value()
                + "). Timestamp must be a nonnegative long (64-bit integer) ");
      }
    }
  }

  private Map<String, String> kept(
      String what, String parameter, int longest, Map<String, String> values) {
    var kept = new HashMap<String, String>();
    values.forEach(
        (key, value) -> kept.put(Names.key(what, key), shortened(parameter, longest, value)));
    return kept;
  }

  /// Counted in code points, as Python counts.
  private String shortened(String parameter, int longest, String value) {
    if (value.length() <= longest || value.codePointCount(0, value.length()) <= longest) {
      return value;
    }
    if (!truncatesLongValues) {
      throw refused("'" + parameter + "' exceeds the maximum length of " + longest + " characters");
    }
    return value.substring(0, value.offsetByCodePoints(0, longest));
  }

  private static TrackingException refused(String message) {
    return new TrackingException(ErrorCode.INVALID_PARAMETER_VALUE, message);
  }
}
