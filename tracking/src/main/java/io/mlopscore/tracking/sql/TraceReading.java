package io.mlopscore.tracking.sql;

import io.mlopscore.tracking.ErrorCode;
import io.mlopscore.tracking.TrackingException;
import io.mlopscore.tracking.traces.Assessment;
import io.mlopscore.tracking.traces.Span;
import io.mlopscore.tracking.traces.SpanContent;
import io.mlopscore.tracking.traces.TraceInfo;
import io.mlopscore.tracking.traces.TraceState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Reads traces with all that belongs to them: one query for each table and some hundred traces.
final class TraceReading {
  private static final int MOST_IDS = 500;
  private static final Comparator<Span> ROOT_FIRST =
      Comparator.comparing((Span span) -> !span.isRoot()).thenComparing(Span::startTime);

  private TraceReading() {}

  static TraceInfo info(Handle handle, String id) {
    var found = infos(handle, List.of(id));
    if (found.isEmpty()) {
      throw missing(id);
    }
    return found.getFirst();
  }

  static TrackingException missing(String id) {
    return new TrackingException(
        ErrorCode.RESOURCE_DOES_NOT_EXIST, "Trace with ID '" + id + "' not found.");
  }

  /// Those that exist, in the order asked for.
  static List<TraceInfo> infos(Handle handle, List<String> ids) {
    var infos = new HashMap<String, TraceInfo>();
    for (var part : parts(ids)) {
      var tags = pairs(handle, "trace_tags", part);
      var metadata = pairs(handle, "trace_request_metadata", part);
      var assessments = SqlAssessments.ofTraces(handle, part);
      handle
          .select("SELECT * FROM trace_info WHERE request_id IN " + marks(part), part.toArray())
          .map((row, _) -> info(handle, row, tags, metadata, assessments))
          .forEach(info -> infos.put(info.traceId(), info));
    }
    return ids.stream().distinct().filter(infos::containsKey).map(infos::get).toList();
  }

  static List<List<String>> parts(List<String> ids) {
    var distinct = ids.stream().distinct().toList();
    var parts = new ArrayList<List<String>>();
    for (var from = 0; from < distinct.size(); from += MOST_IDS) {
      parts.add(distinct.subList(from, Math.min(distinct.size(), from + MOST_IDS)));
    }
    return parts;
  }

  static String marks(List<?> values) {
    return "(" + String.join(", ", Collections.nCopies(values.size(), "?")) + ")";
  }

  private static Map<String, Map<String, String>> pairs(
      Handle handle, String table, List<String> ids) {
    var pairs = new HashMap<String, Map<String, String>>();
    handle
        .select(
            "SELECT request_id, \"key\", value FROM "
                + table
                + " WHERE request_id IN "
                + marks(ids)
                + " ORDER BY \"key\"",
            ids.toArray())
        .map(
            (row, _) -> List.of(row.getString(1), row.getString(2), Rows.orEmpty(row.getString(3))))
        .forEach(
            row ->
                pairs
                    .computeIfAbsent(row.getFirst(), _ -> new LinkedHashMap<>())
                    .put(row.get(1), row.getLast()));
    return pairs;
  }

  private static TraceInfo info(
      Handle handle,
      ResultSet row,
      Map<String, Map<String, String>> tags,
      Map<String, Map<String, String>> metadata,
      Map<String, List<Assessment>> assessments)
      throws SQLException {
    var id = row.getString("request_id");
    var ownTags = tags.getOrDefault(id, new LinkedHashMap<>());
    var ownMetadata = metadata.getOrDefault(id, new LinkedHashMap<>());
    if (TraceColumns.exist(handle)) {
      TraceColumns.read(row, ownTags, ownMetadata);
    }
    var hasPreviews = Layout.of(handle).has("trace_info", "request_preview");
    return new TraceInfo(
        id,
        row.getString("experiment_id"),
        row.getLong("timestamp_ms"),
        nullable(row, "execution_time_ms"),
        state(row.getString("status")),
        hasPreviews ? row.getString("client_request_id") : null,
        hasPreviews ? row.getString("request_preview") : null,
        hasPreviews ? row.getString("response_preview") : null,
        ownMetadata,
        ownTags,
        assessments.getOrDefault(id, List.of()));
  }

  private static @Nullable Long nullable(ResultSet row, String column) throws SQLException {
    var value = row.getLong(column);
    return row.wasNull() ? null : Long.valueOf(value);
  }

  static TraceState state(String status) {
    for (var state : TraceState.values()) {
      if (state.name().equals(status)) {
        return state;
      }
    }
    return TraceState.STATE_UNSPECIFIED;
  }

  /// The spans of traces: the root first, then by their start.
  static Map<String, List<Span>> spans(Handle handle, List<String> ids) {
    var spans = new HashMap<String, List<Span>>();
    if (!Layout.of(handle).has("spans")) {
      return spans;
    }
    for (var part : parts(ids)) {
      handle
          .select(
              "SELECT trace_id, content FROM spans WHERE content <> '' AND trace_id IN "
                  + marks(part),
              part.toArray())
          .map((row, _) -> Map.entry(row.getString(1), SpanContent.read(row.getString(2))))
          .forEach(
              span ->
                  spans
                      .computeIfAbsent(span.getKey(), _ -> new ArrayList<>())
                      .add(span.getValue()));
    }
    spans.values().forEach(list -> list.sort(ROOT_FIRST));
    return spans;
  }
}
