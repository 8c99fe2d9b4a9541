package io.mlopscore.tracking.sql;

import io.mlopscore.tracking.StepRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// A history with as many points as steps, as most are, in buckets of equal size: where each bucket
/// has as many points as it has steps, the first point of one is known by its step, and nothing
/// needs to be sorted.
///
/// @param first the first step
/// @param points how many there are
/// @param buckets how many of them are wanted
record StepSample(long first, long points, long buckets) {
  private static final String POINTS =
      " FROM metrics WHERE run_uuid = ? AND \"key\" = ? AND step BETWEEN ? AND ?";

  /// Empty if some bucket has more or fewer points.
  static Optional<StepSample> of(Handle handle, String run, String key, StepRange steps, int most) {
    return ends(handle, run, key, steps)
        .filter(ends -> ends.last() < Long.MAX_VALUE) // the step after it is asked for
        .map(ends -> new StepSample(ends.first(), ends.last() - ends.first() + 1, most))
        .filter(sample -> sample.points > 0) // else the ends are too far apart for a number
        .map(sample -> sample.inAsManyBuckets())
        .filter(sample -> sample.firstIsFull(handle, run, key))
        .filter(sample -> sample.allAreFull(handle, run, key));
  }

  private StepSample inAsManyBuckets() {
    return new StepSample(first, points, Math.min(buckets, points));
  }

  private static Optional<StepRange> ends(Handle handle, String run, String key, StepRange steps) {
    return SqlText.of("SELECT (SELECT MIN(step)" + POINTS + ")", of(run, key, steps))
        .add(", (SELECT MAX(step)" + POINTS + ")", of(run, key, steps))
        .query(handle)
        .map(
            (row, _) -> {
              var first = row.getLong(1);
              return row.wasNull()
                  ? Optional.<StepRange>empty()
                  : Optional.of(new StepRange(first, row.getLong(2)));
            })
        .one();
  }

  private static Object[] of(String run, String key, StepRange steps) {
    return new Object[] {run, key, steps.first(), steps.last()};
  }

  private long size() {
    return points / buckets;
  }

  /// So many buckets come first and have one point more, as SQL's NTILE makes them.
  private long larger() {
    return points % buckets;
  }

  /// Says for little that a history with gaps is none of these.
  private boolean firstIsFull(Handle handle, String run, String key) {
    var size = size() + (larger() > 0 ? 1 : 0);
    var steps = new StepRange(first, first + size - 1);
    return SqlText.of("SELECT COUNT(*)" + POINTS, of(run, key, steps))
        .query(handle)
        .map((row, _) -> row.getLong(1) == size)
        .one();
  }

  /// Counts each bucket along the index: to group all points by their buckets, SQLite would sort
  /// them.
  private boolean allAreFull(Handle handle, String run, String key) {
    return SqlText.of("WITH RECURSIVE bucket (n) AS (SELECT 0")
        .add(" UNION ALL SELECT n + 1 FROM bucket WHERE n + 1 < ?)", buckets)
        .add(" SELECT COUNT(*) FROM bucket WHERE (SELECT COUNT(*) FROM metrics")
        .add(" WHERE run_uuid = ? AND \"key\" = ?", run, key)
        .add(" AND step >= ? + n * ?", first, size())
        .add(" + CASE WHEN n < ? THEN n ELSE ? END", larger(), larger())
        .add(" AND step < ? + (n + 1) * ?", first, size())
        .add(" + CASE WHEN n < ? THEN n + 1 ELSE ? END)", larger(), larger())
        .add(" <> ? + CASE WHEN n < ? THEN 1 ELSE 0 END", size(), larger())
        .query(handle)
        .map((row, _) -> row.getLong(1) == 0)
        .one();
  }

  /// The first step of each bucket.
  List<Long> firstOfBuckets() {
    var steps = new ArrayList<Long>();
    for (var bucket = 0L; bucket < buckets; bucket++) {
      steps.add(first + bucket * size() + Math.min(bucket, larger()));
    }
    return steps;
  }
}
