package io.mlopscore.tracking.sql;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.mlopscore.tracking.ErrorCode;
import io.mlopscore.tracking.TrackingException;
import io.mlopscore.tracking.traces.Assessment;
import io.mlopscore.tracking.traces.Assessment.Value;
import io.mlopscore.tracking.traces.AssessmentChange;
import io.mlopscore.tracking.traces.JsonText;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The table `assessments`.
final class SqlAssessments {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final Clock clock;

  SqlAssessments(Clock clock) {
    this.clock = clock;
  }

  static Map<String, List<Assessment>> ofTraces(Handle handle, List<String> ids) {
    var assessments = new HashMap<String, List<Assessment>>();
    if (!Layout.of(handle).has("assessments")) {
      return assessments;
    }
    handle
        .select(
            "SELECT * FROM assessments WHERE trace_id IN "
                + TraceReading.marks(ids)
                + " ORDER BY created_timestamp, assessment_id",
            ids.toArray())
        .map((row, _) -> assessment(row))
        .forEach(
            found ->
                assessments.computeIfAbsent(found.traceId(), _ -> new ArrayList<>()).add(found));
    return assessments;
  }

  static Assessment get(Handle handle, String trace, String id) {
    Layout.of(handle).require("assessments", "assessments");
    return handle
        .select("SELECT * FROM assessments WHERE trace_id = ? AND assessment_id = ?", trace, id)
        .map((row, _) -> assessment(row))
        .findOne()
        .orElseThrow(() -> missing(handle, trace, id));
  }

  private static TrackingException missing(Handle handle, String trace, String id) {
    TraceReading.info(handle, trace);
    return new TrackingException(
        ErrorCode.RESOURCE_DOES_NOT_EXIST,
        "Assessment with ID '" + id + "' not found for trace '" + trace + "'");
  }

  /// @return with its id
  Assessment create(Handle handle, Assessment assessment) {
    TraceReading.info(handle, assessment.traceId());
    var overrides = assessment.overrides();
    if (overrides != null) {
      get(handle, assessment.traceId(), overrides);
      setValid(handle, overrides, false);
    }
    var id = assessment.id().isEmpty() ? "a-" + Ids.fresh() : assessment.id();
    write(handle, id, assessment);
    return get(handle, assessment.traceId(), id);
  }

  private static void setValid(Handle handle, String id, boolean valid) {
    handle.execute("UPDATE assessments SET valid = ? WHERE assessment_id = ?", valid, id);
  }

  /// Writes an assessment that came with its trace, or one of its own.
  void write(Handle handle, String id, Assessment assessment) {
    Layout.of(handle).require("assessments", "assessments");
    TraceNames.id("assessment_id", id);
    var now = clock.millis();
    var columns = new LinkedHashMap<String, @Nullable Object>();
    columns.put("assessment_id", id);
    columns.put("trace_id", assessment.traceId());
    columns.put("name", TraceNames.within("assessment_name", assessment.name(), 250));
    columns.put("assessment_type", assessment.value().type());
    columns.put("value", json(assessment.value()));
    columns.put("error", error(assessment.value()));
    columns.put("created_timestamp", assessment.createTime() == 0 ? now : assessment.createTime());
    columns.put(
        "last_updated_timestamp",
        assessment.lastUpdateTime() == 0 ? now : assessment.lastUpdateTime());
    columns.put("source_type", assessment.source().type());
    columns.put("source_id", TraceNames.within("source_id", assessment.source().id(), 250));
    columns.put("run_id", TraceNames.within("run_id", assessment.runId(), 32));
    columns.put("span_id", TraceNames.within("span_id", assessment.spanId(), 50));
    columns.put("rationale", assessment.rationale());
    columns.put("overrides", assessment.overrides());
    columns.put("valid", true);
    columns.put("assessment_metadata", metadata(assessment.metadata()));
    if (Layout.of(handle).has("assessments", "aggregate_value")) {
      var number = AssessmentNumber.of(json(assessment.value()));
      columns.put("aggregate_value", number.aggregate());
      columns.put("is_numeric_value", number.isNumeric());
    }
    SqlTraceInfos.insert(handle, "assessments", columns, " ON CONFLICT DO NOTHING");
    stampTrace(handle, assessment.traceId());
  }

  /// Adds one that came with its trace from another store, replaced or not.
  static void bring(Handle handle, Assessment assessment, Instant traced) {
    new SqlAssessments(Clock.fixed(traced, ZoneOffset.UTC))
        .write(handle, assessment.id(), assessment);
    setValid(handle, assessment.id(), assessment.valid());
  }

  /// Repeats the experiment and time of the trace, by which MLflow charts assessments.
  static void stampTrace(Handle handle, String trace) {
    if (Layout.of(handle).has("assessments", "trace_timestamp_ms")) {
      handle.execute(
          "UPDATE assessments SET (experiment_id, trace_timestamp_ms) ="
              + " (SELECT experiment_id, timestamp_ms FROM trace_info WHERE request_id = ?)"
              + " WHERE trace_id = ?",
          trace,
          trace);
    }
  }

  Assessment update(Handle handle, String trace, String id, AssessmentChange change) {
    var before = get(handle, trace, id);
    var value = change.value() == null ? before.value() : change.value();
    if (!value.type().equals(before.value().type())) {
      throw new TrackingException(
          ErrorCode.INVALID_PARAMETER_VALUE,
          "Cannot update "
              + value.type()
              + " value on "
              + (before.value() instanceof Value.Feedback ? "a Feedback" : "an Expectation")
              + " assessment.");
    }
    var metadata = new LinkedHashMap<>(before.metadata());
    metadata.putAll(change.metadata());
    handle.execute(
        "UPDATE assessments SET name = ?, value = ?, error = ?, last_updated_timestamp = ?,"
            + " rationale = ?, assessment_metadata = ? WHERE assessment_id = ?",
        TraceNames.within(
            "assessment_name", change.name() == null ? before.name() : change.name(), 250),
        json(value),
        error(value),
        clock.millis(),
        change.rationale() == null ? before.rationale() : change.rationale(),
        metadata(metadata),
        id);
    if (Layout.of(handle).has("assessments", "aggregate_value")) {
      var number = AssessmentNumber.of(json(value));
      handle.execute(
          "UPDATE assessments SET aggregate_value = ?, is_numeric_value = ?"
              + " WHERE assessment_id = ?",
          number.aggregate(),
          number.isNumeric(),
          id);
    }
    return get(handle, trace, id);
  }

  /// What it replaced counts again.
  static void delete(Handle handle, String trace, String id) {
    TraceReading.info(handle, trace);
    Layout.of(handle).require("assessments", "assessments");
    handle
        .select(
            "SELECT overrides FROM assessments WHERE trace_id = ? AND assessment_id = ?"
                + " AND overrides IS NOT NULL",
            trace,
            id)
        .mapTo(String.class)
        .findOne()
        .ifPresent(overridden -> setValid(handle, overridden, true));
    handle.execute("DELETE FROM assessments WHERE trace_id = ? AND assessment_id = ?", trace, id);
  }

  private static String json(Value value) {
    return switch (value) {
      case Value.Feedback(var json, _) -> json;
      case Value.Expectation(var json) -> json;
      case Value.Issue(var name) -> JsonText.write(NODES.objectNode().put("issue_name", name));
    };
  }

  private static @Nullable String error(Value value) {
    var failure = value instanceof Value.Feedback feedback ? feedback.error() : null;
    if (failure == null) {
      return null;
    }
    var error = NODES.objectNode().put("error_code", failure.code());
    error.put("error_message", failure.message());
    return JsonText.write(error.put("stack_trace", failure.stackTrace()));
  }

  private static @Nullable String metadata(Map<String, String> metadata) {
    var node = NODES.objectNode();
    metadata.forEach(node::put);
    return node.isEmpty() ? null : JsonText.write(node);
  }

  private static Assessment assessment(ResultSet row) throws SQLException {
    var metadata = new LinkedHashMap<String, String>();
    JsonText.read(row.getString("assessment_metadata"))
        .ifPresent(
            node ->
                node.properties()
                    .forEach(pair -> metadata.put(pair.getKey(), pair.getValue().asText())));
    return new Assessment(
        row.getString("assessment_id"),
        row.getString("trace_id"),
        row.getString("name"),
        value(row),
        new Assessment.Source(row.getString("source_type"), row.getString("source_id")),
        row.getLong("created_timestamp"),
        row.getLong("last_updated_timestamp"),
        row.getString("run_id"),
        row.getString("span_id"),
        row.getString("rationale"),
        row.getString("overrides"),
        row.getBoolean("valid"),
        metadata);
  }

  private static Value value(ResultSet row) throws SQLException {
    var json = Rows.orEmpty(row.getString("value"));
    return switch (row.getString("assessment_type")) {
      case "expectation" -> new Value.Expectation(json);
      case "issue" ->
          new Value.Issue(
              JsonText.read(json).map(node -> node.path("issue_name").asText()).orElse(""));
      case String _ -> new Value.Feedback(json, failure(row.getString("error")));
    };
  }

  private static Assessment.@Nullable Failure failure(@Nullable String json) {
    return JsonText.read(json)
        .map(
            node ->
                new Assessment.Failure(
                    node.path("error_code").asText(),
                    node.path("error_message").asText(null),
                    node.path("stack_trace").asText(null)))
        .orElse(null);
  }
}
