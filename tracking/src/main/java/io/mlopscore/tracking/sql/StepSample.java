package io.mlopscore.tracking.sql;

import io.mlopscore.tracking.StepRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// A history with exactly one point at each step from the first to the last, as most are: the n-th
/// point is known by its step, and nothing needs to be sorted.
///
/// @param points how many there are
record StepSample(long first, long points) {
  private static final String POINTS =
      " FROM metrics WHERE run_uuid = ? AND \"key\" = ? AND step BETWEEN ? AND ?";

  /// Empty if steps are left out or repeated.
  static Optional<StepSample> of(Handle handle, String run, String key, StepRange steps) {
    var points = one(handle, "SELECT COUNT(*)" + POINTS, run, key, steps);
    if (points == 0) {
      return Optional.empty();
    }
    var first = one(handle, "SELECT MIN(step)" + POINTS, run, key, steps);
    var last = one(handle, "SELECT MAX(step)" + POINTS, run, key, steps);
    var distinct = "SELECT COUNT(*) FROM (SELECT DISTINCT step" + POINTS + ") s";
    return last - first == points - 1 && one(handle, distinct, run, key, steps) == points
        ? Optional.of(new StepSample(first, points))
        : Optional.empty();
  }

  private static long one(Handle handle, String sql, String run, String key, StepRange steps) {
    return handle
        .select(sql, run, key, steps.first(), steps.last())
        .map((row, _) -> row.getLong(1))
        .one();
  }

  /// The first step of each of so many buckets; the earlier ones are larger by one, as SQL's NTILE
  /// makes them.
  List<Long> firstOfBuckets(int most) {
    var buckets = Math.min(most, points);
    var size = points / buckets;
    var larger = points % buckets;
    var steps = new ArrayList<Long>();
    for (var bucket = 0L; bucket < buckets; bucket++) {
      steps.add(first + bucket * size + Math.min(bucket, larger));
    }
    return steps;
  }
}
