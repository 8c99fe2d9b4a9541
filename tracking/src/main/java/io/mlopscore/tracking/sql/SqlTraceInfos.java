package io.mlopscore.tracking.sql;

import io.mlopscore.tracking.ErrorCode;
import io.mlopscore.tracking.Experiment;
import io.mlopscore.tracking.TrackingException;
import io.mlopscore.tracking.traces.TraceDeletion;
import io.mlopscore.tracking.traces.TraceInfo;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The tables `trace_info`, `trace_tags` and `trace_request_metadata`.
final class SqlTraceInfos {
  /// Says that the traced program had its say, which spans that come later do not change.
  static final String FINALIZED = "mlflow.trace.infoFinalized";

  private SqlTraceInfos() {}

  /// Writes a trace over what its spans told of it.
  static void start(Handle handle, TraceInfo trace) {
    TraceNames.id("trace_id", trace.traceId());
    var experiment = SqlExperiments.active(handle, trace.experimentId());
    upsert(handle, columns(handle, trace));
    refuseArchived(handle, trace.traceId());
    writeTags(handle, trace.traceId(), stored(handle, trace.tags(), experiment, trace.traceId()));
    var metadata = withoutColumns(handle, trace.metadata(), TraceColumns::isMetadata);
    metadata.put(FINALIZED, "true");
    writeMetadata(handle, trace.traceId(), metadata);
    moveSpans(handle, trace);
  }

  /// Adds a trace as another store kept it, artifacts where they are; one that is there stays.
  ///
  /// @return whether it is new
  static boolean bring(Handle handle, TraceInfo trace) {
    var id = TraceNames.id("trace_id", trace.traceId());
    var onlyNew = " ON CONFLICT (request_id) DO NOTHING";
    if (insert(handle, "trace_info", columns(handle, trace), onlyNew) == 0) {
      return false;
    }
    writeTags(handle, id, withoutColumns(handle, trace.tags(), TraceColumns::isTag));
    writeMetadata(handle, id, withoutColumns(handle, trace.metadata(), TraceColumns::isMetadata));
    return true;
  }

  private static Map<String, String> withoutColumns(
      Handle handle, Map<String, String> pairs, Predicate<String> isColumn) {
    var others = new TreeMap<>(pairs);
    if (TraceColumns.exist(handle)) {
      others.keySet().removeIf(isColumn);
    }
    return others;
  }

  private static Map<String, String> stored(
      Handle handle, Map<String, String> tags, Experiment experiment, String trace) {
    var stored = withoutColumns(handle, tags, TraceColumns::isTag);
    stored.put(TraceInfo.ARTIFACT_LOCATION, artifacts(experiment, trace));
    return stored;
  }

  static String artifacts(Experiment experiment, String trace) {
    return ArtifactUris.of(experiment.artifactLocation(), "traces", trace, "artifacts");
  }

  private static Map<String, @Nullable Object> columns(Handle handle, TraceInfo trace) {
    var columns = new LinkedHashMap<String, @Nullable Object>();
    columns.put("request_id", trace.traceId());
    columns.put("experiment_id", SqlExperiments.number(trace.experimentId()));
    columns.put("timestamp_ms", trace.requestTime());
    columns.put("execution_time_ms", trace.executionDuration());
    columns.put("status", trace.state().name());
    if (Layout.of(handle).has("trace_info", "request_preview")) {
      columns.put(
          "client_request_id", TraceNames.within("client_request_id", trace.clientRequestId(), 50));
      columns.put("request_preview", TraceNames.preview(trace.requestPreview()));
      columns.put("response_preview", TraceNames.preview(trace.responsePreview()));
    }
    if (TraceColumns.exist(handle)) {
      TraceNames.within("Trace name", trace.tags().get(TraceInfo.NAME), 4096);
      TraceNames.within("Session ID", trace.metadata().get(TraceInfo.SESSION), 250);
      columns.putAll(TraceColumns.of(trace.tags(), trace.metadata()));
    }
    return columns;
  }

  /// What is not given stays, but for the first six.
  private static void upsert(Handle handle, Map<String, @Nullable Object> columns) {
    var always = List.of("experiment_id", "timestamp_ms", "execution_time_ms", "status");
    var changes = new ArrayList<String>();
    for (var column : columns.keySet()) {
      if (always.contains(column)) {
        changes.add(column + " = excluded." + column);
      } else if (!column.equals("request_id")) {
        changes.add(column + " = COALESCE(excluded." + column + ", trace_info." + column + ")");
      }
    }
    changes.addAll(generation(handle));
    insert(
        handle,
        "trace_info",
        columns,
        " ON CONFLICT (request_id) DO UPDATE SET " + String.join(", ", changes));
  }

  /// MLflow counts the writes, so that it does not archive what is being written.
  private static List<String> generation(Handle handle) {
    return Layout.of(handle).has("trace_info", "db_payload_generation")
        ? List.of("db_payload_generation = trace_info.db_payload_generation + 1")
        : List.of();
  }

  /// @return how many rows were written
  static int insert(
      Handle handle, String table, Map<String, @Nullable Object> columns, String conflict) {
    var names = List.copyOf(columns.keySet());
    return handle.execute(
        "INSERT INTO "
            + table
            + " ("
            + String.join(", ", names)
            + ") VALUES "
            + TraceReading.marks(names)
            + conflict,
        columns.values().toArray());
  }

  /// Adds a trace of which only spans are known; one that is there is held until the transaction
  /// ends.
  ///
  /// @return whether it is new
  static boolean addOrLock(Handle handle, Map<String, @Nullable Object> columns) {
    var added = insert(handle, "trace_info", columns, " ON CONFLICT (request_id) DO NOTHING") == 1;
    var changes = new ArrayList<>(generation(handle));
    changes.add("status = trace_info.status");
    handle.execute(
        "UPDATE trace_info SET " + String.join(", ", changes) + " WHERE request_id = ?",
        columns.get("request_id"));
    return added;
  }

  static void refuseArchived(Handle handle, String trace) {
    var elsewhere =
        handle
            .select(
                "SELECT value FROM trace_tags WHERE request_id = ? AND \"key\" = ? AND value <> ?",
                trace,
                TraceInfo.SPANS_LOCATION,
                TraceInfo.IN_STORE)
            .mapTo(String.class)
            .findOne();
    if (elsewhere.isPresent()) {
      throw new TrackingException(
          ErrorCode.NOT_IMPLEMENTED,
          "Trace '"
              + trace
              + "' was moved out of the database by MLflow ("
              + elsewhere.get()
              + "); it is not written any more.");
    }
  }

  static void writeTags(Handle handle, String trace, Map<String, String> tags) {
    writePairs(handle, "trace_tags", trace, tags);
  }

  static void writeMetadata(Handle handle, String trace, Map<String, String> metadata) {
    writePairs(handle, "trace_request_metadata", trace, metadata);
  }

  /// In the order of keys, so that two that write the same do not wait for each other.
  private static void writePairs(
      Handle handle, String table, String trace, Map<String, String> pairs) {
    RowBatch.write(
        handle,
        "INSERT INTO "
            + table
            + " (\"key\", value, request_id) VALUES (?, ?, ?)"
            + " ON CONFLICT (\"key\", request_id) DO UPDATE SET value = excluded.value",
        new TreeMap<>(pairs).entrySet(),
        (statement, pair) -> {
          statement.setString(1, TraceNames.key(pair.getKey()));
          statement.setString(2, TraceNames.value(pair.getValue()));
          statement.setString(3, trace);
        });
  }

  /// Spans and assessments repeat the experiment of their trace.
  private static void moveSpans(Handle handle, TraceInfo trace) {
    if (Layout.of(handle).has("spans")) {
      handle.execute(
          "UPDATE spans SET experiment_id = ? WHERE trace_id = ? AND experiment_id <> ?",
          SqlExperiments.number(trace.experimentId()),
          trace.traceId(),
          SqlExperiments.number(trace.experimentId()));
    }
    SqlAssessments.stampTrace(handle, trace.traceId());
  }

  static void setTag(Handle handle, String trace, String key, String value) {
    TraceReading.info(handle, trace);
    if (TraceColumns.exist(handle) && TraceColumns.isTag(key)) {
      TraceNames.within("Trace name", value, 4096);
      handle.execute("UPDATE trace_info SET trace_name = ? WHERE request_id = ?", value, trace);
    } else {
      writeTags(handle, trace, Map.of(key, value));
    }
  }

  static void deleteTag(Handle handle, String trace, String key) {
    TraceReading.info(handle, trace);
    var deleted =
        TraceColumns.exist(handle) && TraceColumns.isTag(key)
            ? handle.execute(
                "UPDATE trace_info SET trace_name = NULL"
                    + " WHERE request_id = ? AND trace_name IS NOT NULL",
                trace)
            : handle.execute(
                "DELETE FROM trace_tags WHERE request_id = ? AND \"key\" = ?", trace, key);
    if (deleted == 0) {
      throw new TrackingException(
          ErrorCode.RESOURCE_DOES_NOT_EXIST,
          "No trace tag with key '" + key + "' for trace with ID '" + trace + "'");
    }
  }

  /// All that belongs to a trace goes with it.
  static int delete(Handle handle, String experiment, TraceDeletion which) {
    var deleted = 0;
    for (var part : TraceReading.parts(chosen(handle, experiment, which))) {
      deleted +=
          handle.execute(
              "DELETE FROM trace_info WHERE request_id IN " + TraceReading.marks(part),
              part.toArray());
    }
    return deleted;
  }

  private static List<String> chosen(Handle handle, String experiment, TraceDeletion which) {
    var number = SqlExperiments.number(experiment);
    return switch (which) {
      case TraceDeletion.UpTo(var timestamp, var most) ->
          handle
              .select(
                  "SELECT request_id FROM trace_info WHERE experiment_id = ? AND timestamp_ms <= ?"
                      + " ORDER BY timestamp_ms, request_id LIMIT ?",
                  number,
                  timestamp,
                  most == null ? Integer.MAX_VALUE : most)
              .mapTo(String.class)
              .list();
      case TraceDeletion.Named(var ids) ->
          TraceReading.parts(ids).stream()
              .map(part -> ofExperiment(handle, number, part))
              .flatMap(List::stream)
              .collect(Collectors.toList());
    };
  }

  private static List<String> ofExperiment(Handle handle, long experiment, List<String> ids) {
    var arguments = new ArrayList<Object>(ids);
    Collections.addAll(arguments, experiment);
    return handle
        .select(
            "SELECT request_id FROM trace_info WHERE request_id IN "
                + TraceReading.marks(ids)
                + " AND experiment_id = ?",
            arguments.toArray())
        .mapTo(String.class)
        .list();
  }
}
