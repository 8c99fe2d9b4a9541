package io.mlopscore.tracking.sql;

import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/// What is logged to runs: the tables `metrics`, `latest_metrics`, `params` and `tags`.
final class SqlRunLog {
  private static final int MOST_AT_ONCE = 400;

  private SqlRunLog() {}

  /// Writes batches of any runs with a few statements. If one may not be written none is, and the
  /// failure is that one's.
  static void write(Handle handle, List<RunEntry> entries) {
    var experiments = experimentsOfActive(handle, entries);
    SqlParams.write(handle, entries);
    SqlMetrics.write(handle, entries, experiments);
    tags(handle, entries);
  }

  private static Map<String, Long> experimentsOfActive(Handle handle, List<RunEntry> entries) {
    var runs = new LinkedHashSet<String>();
    entries.forEach(entry -> runs.add(entry.run()));
    var experiments = experimentsOfActive(handle, runs);
    for (var run : runs) {
      if (!experiments.containsKey(run)) {
        SqlRuns.active(handle, run);
      }
    }
    return experiments;
  }

  private static Map<String, Long> experimentsOfActive(Handle handle, Set<String> runs) {
    var experiments = new HashMap<String, Long>();
    var ids = List.copyOf(runs);
    for (var from = 0; from < ids.size(); from += MOST_AT_ONCE) {
      var some = ids.subList(from, Math.min(ids.size(), from + MOST_AT_ONCE));
      handle
          .select(
              "SELECT run_uuid, experiment_id FROM runs WHERE lifecycle_stage = 'active'"
                  + " AND run_uuid IN ("
                  + String.join(", ", Collections.nCopies(some.size(), "?"))
                  + ")",
              some.toArray())
          .map((row, _) -> Map.entry(row.getString(1), row.getLong(2)))
          .forEach(run -> experiments.put(run.getKey(), run.getValue()));
    }
    return experiments;
  }

  /// Writes tags over earlier values; one of them is also the name of the run.
  static void tags(Handle handle, String run, Map<String, String> tags) {
    RowBatch.write(
        handle,
        "INSERT INTO tags (\"key\", value, run_uuid) VALUES (?, ?, ?)"
            + " ON CONFLICT (\"key\", run_uuid) DO UPDATE SET value = excluded.value",
        new TreeMap<>(tags).entrySet(),
        (statement, tag) -> {
          statement.setString(1, tag.getKey());
          statement.setString(2, tag.getValue());
          statement.setString(3, run);
        });
    var name = tags.getOrDefault(SqlRuns.NAME_TAG, "");
    if (!name.isEmpty()) {
      handle.execute("UPDATE runs SET name = ? WHERE run_uuid = ?", name, run);
    }
  }

  private static void tags(Handle handle, List<RunEntry> entries) {
    var ofRuns = new TreeMap<String, Map<String, String>>();
    for (var entry : entries) {
      if (!entry.batch().tags().isEmpty()) {
        ofRuns.computeIfAbsent(entry.run(), _ -> new HashMap<>()).putAll(entry.batch().tags());
      }
    }
    ofRuns.forEach((run, tags) -> tags(handle, run, tags));
  }
}
