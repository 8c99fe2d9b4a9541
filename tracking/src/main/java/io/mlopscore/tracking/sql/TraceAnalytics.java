package io.mlopscore.tracking.sql;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlopscore.tracking.traces.JsonText;
import io.mlopscore.tracking.traces.TraceInfo;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// What MLflow 3.17 took from tags, metadata and metrics of traces and spans, and from the values
/// of assessments, into columns of their own.
final class TraceAnalytics {
  private static final int MOST_NAME = 4096;
  private static final int MOST_SESSION = 250;
  private static final int MOST_MODEL = 500;
  private static final int PAGE = 500;
  private static final String MODEL = "mlflow.llm.model";
  private static final String PROVIDER = "mlflow.llm.provider";

  private final Handle handle;
  private final Dialect dialect;

  TraceAnalytics(Handle handle, Dialect dialect) {
    this.handle = handle;
    this.dialect = dialect;
  }

  /// @param hasDimensions whether spans have `dimension_attributes`
  void move(boolean hasDimensions) {
    requireTraces("spans");
    requireTraces("assessments");
    copyText("trace_name", "trace_tags", TraceInfo.NAME, MOST_NAME);
    copyText("session_id", "trace_request_metadata", TraceInfo.SESSION, MOST_SESSION);
    pages("SELECT request_id FROM trace_info WHERE request_id > ? ORDER BY request_id", this::sums);
    if (hasDimensions) {
      dimensions();
    }
    costsOfSpans();
    costsOfGateway();
    assessments();
    removeMoved();
  }

  private void requireTraces(String table) {
    var lost =
        handle
            .select(
                "SELECT trace_id FROM "
                    + table
                    + " c WHERE NOT EXISTS (SELECT 1 FROM trace_info t"
                    + " WHERE t.request_id = c.trace_id) LIMIT 1")
            .mapTo(String.class)
            .findOne();
    if (lost.isPresent()) {
      throw SchemaUpgrade.refused(
          "The table " + table + " has rows of the trace " + lost.get() + ", which is not there.");
    }
  }

  private void copyText(String column, String from, String key, int most) {
    handle.execute(
        "UPDATE trace_info SET "
            + column
            + " = (SELECT substr(f.value, 1, "
            + most
            + ") FROM "
            + from
            + " f WHERE f.request_id = trace_info.request_id AND f.\"key\" = ?)",
        key);
  }

  /// Token counts and costs of some traces: what is in `trace_metrics` counts more than metadata.
  private void sums(List<String> traces) {
    var sums = new TreeMap<String, ObjectNode>();
    eachPair(
        "SELECT request_id, value FROM trace_request_metadata WHERE \"key\" = ? AND request_id IN ",
        List.of(TraceInfo.TOKEN_USAGE),
        traces,
        (trace, value) -> merge(sums, trace, value, TraceColumns.TOKENS));
    eachPair(
        "SELECT request_id, value FROM trace_request_metadata WHERE \"key\" = ? AND request_id IN ",
        List.of(TraceInfo.COST),
        traces,
        (trace, value) -> merge(sums, trace, value, TraceColumns.COSTS));
    for (var key : TraceColumns.TOKENS) {
      eachPair(
          "SELECT request_id, value FROM trace_metrics WHERE \"key\" = ? AND request_id IN ",
          List.of(key),
          traces,
          (trace, value) -> of(sums, trace).put(key, value));
    }
    sums.forEach(this::write);
  }

  private static ObjectNode of(Map<String, ObjectNode> sums, String trace) {
    return sums.computeIfAbsent(trace, _ -> JsonNodeFactory.instance.objectNode());
  }

  private static void merge(
      Map<String, ObjectNode> sums, String trace, String json, List<String> keys) {
    var value = JsonText.read(json).orElse(JsonNodeFactory.instance.missingNode());
    for (var key : keys) {
      if (value.has(key)) {
        of(sums, trace).set(key, value.get(key));
      }
    }
  }

  private void write(String trace, JsonNode sums) {
    var columns = new TreeMap<String, Object>();
    columns.putAll(TraceColumns.tokens(sums));
    columns.putAll(TraceColumns.costs(sums));
    if (!columns.isEmpty()) {
      var update = SqlText.of("UPDATE trace_info SET " + String.join(" = ?, ", columns.keySet()));
      update.add(" = ?", columns.values().toArray());
      update.add(" WHERE request_id = ?", trace).update(handle);
    }
  }

  /// The model of each span, before the column that holds it goes.
  private void dimensions() {
    var update =
        handle.prepareBatch(
            "UPDATE spans SET model_name = ?, model_provider = ? WHERE trace_id = ? AND span_id = ?");
    handle
        .select(
            "SELECT trace_id, span_id, CAST(dimension_attributes AS VARCHAR) FROM spans"
                + " WHERE dimension_attributes IS NOT NULL")
        .map((row, _) -> new String[] {row.getString(1), row.getString(2), row.getString(3)})
        .list()
        .forEach(
            span -> {
              var known = known(span);
              update.add(model(known, MODEL), model(known, PROVIDER), span[0], span[1]);
            });
    if (update.size() > 0) {
      update.execute();
    }
  }

  private static JsonNode known(String[] span) {
    return JsonText.read(span[2])
        .filter(TraceAnalytics::isKnown)
        .orElseThrow(
            () ->
                SchemaUpgrade.refused(
                    "The span "
                        + span[1]
                        + " of the trace "
                        + span[0]
                        + " has dimension_attributes that MLflow 3.17 has no place for: "
                        + span[2]));
  }

  private static boolean isKnown(JsonNode value) {
    return value.isNull()
        || (value.isObject()
            && value.properties().stream()
                .allMatch(
                    field ->
                        List.of(MODEL, PROVIDER).contains(field.getKey())
                            && (field.getValue().isTextual() || field.getValue().isNull())));
  }

  private static @Nullable String model(JsonNode value, String key) {
    var text = value.path(key).asText(null);
    return text == null ? null : text.substring(0, Math.min(MOST_MODEL, text.length()));
  }

  private void costsOfSpans() {
    for (var cost : TraceColumns.COSTS) {
      handle.execute(
          "UPDATE spans SET "
              + cost
              + " = (SELECT m.value FROM span_metrics m WHERE m.trace_id = spans.trace_id"
              + " AND m.span_id = spans.span_id AND m.\"key\" = ?)",
          cost);
    }
  }

  private void costsOfGateway() {
    handle.execute(
        "UPDATE trace_info SET total_cost = (SELECT SUM(s.total_cost) FROM spans s"
            + " WHERE s.trace_id = trace_info.request_id) WHERE total_cost IS NULL"
            + " AND EXISTS (SELECT 1 FROM trace_request_metadata m"
            + " WHERE m.request_id = trace_info.request_id AND m.\"key\" = ?)",
        "mlflow.gateway.endpointId");
  }

  private void assessments() {
    handle.execute(
        "UPDATE assessments SET experiment_id = (SELECT t.experiment_id FROM trace_info t"
            + " WHERE t.request_id = assessments.trace_id), trace_timestamp_ms = (SELECT"
            + " t.timestamp_ms FROM trace_info t WHERE t.request_id = assessments.trace_id)");
    handle.execute("UPDATE assessments SET is_numeric_value = " + no());
    pages(
        "SELECT assessment_id FROM assessments WHERE assessment_id > ? ORDER BY assessment_id",
        this::aggregates);
  }

  private String no() {
    return dialect instanceof Sqlite ? "0" : "false";
  }

  private void aggregates(List<String> ids) {
    var values = new HashMap<String, String>();
    eachPair(
        "SELECT assessment_id, value FROM assessments WHERE assessment_id IN ",
        List.of(),
        ids,
        values::put);
    values.forEach(
        (id, json) -> {
          var number = AssessmentNumber.of(json);
          handle.execute(
              "UPDATE assessments SET aggregate_value = ?, is_numeric_value = ?"
                  + " WHERE assessment_id = ?",
              number.aggregate(),
              number.isNumeric(),
              id);
        });
  }

  private void removeMoved() {
    remove("trace_tags", List.of(TraceInfo.NAME));
    remove(
        "trace_request_metadata",
        List.of(TraceInfo.SESSION, TraceInfo.TOKEN_USAGE, TraceInfo.COST));
    remove("trace_metrics", TraceColumns.TOKENS);
    remove("span_metrics", TraceColumns.COSTS);
  }

  private void remove(String table, List<String> keys) {
    SqlText.of("DELETE FROM " + table + " WHERE \"key\" IN ").list(keys).update(handle);
  }

  private void pages(String sql, Consumer<List<String>> work) {
    var last = "";
    while (true) {
      var page =
          SqlText.of(sql, last).add(" LIMIT ?", PAGE).query(handle).mapTo(String.class).list();
      if (page.isEmpty()) {
        return;
      }
      work.accept(page);
      last = page.getLast();
    }
  }

  private void eachPair(
      String sql, List<String> bound, List<String> ids, BiConsumer<String, String> work) {
    var pairs = new ArrayList<String[]>();
    SqlText.of(sql, bound.toArray())
        .list(ids)
        .query(handle)
        .map((row, _) -> new String[] {row.getString(1), row.getString(2)})
        .forEach(pairs::add);
    pairs.stream().filter(pair -> pair[1] != null).forEach(pair -> work.accept(pair[0], pair[1]));
  }
}
