package io.mlopscore.tracking.sql;

import io.mlopscore.tracking.search.Field;
import io.mlopscore.tracking.search.Field.Kind;
import io.mlopscore.tracking.traces.TraceInfo;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// Where the fields of traces are in a database.
record TraceFields(Layout layout) {
  private static final String OWN = "x.request_id = t.request_id";

  boolean hasColumns() {
    return layout.has("trace_info", "session_id");
  }

  /// What a field stands for: some attributes are tags, metadata or the text of spans, and some
  /// tags and metadata are columns. As in MLflow, `tags.name` is the name of the trace too.
  Field meant(Field field) {
    if (field.kind() == Kind.SPAN) {
      return field;
    }
    return switch (field.key().toLowerCase(Locale.ROOT)) {
      case "text" -> field.kind() == Kind.ATTRIBUTE ? new Field(Kind.SPAN, "content") : field;
      case "name", "prompt", "run_id" -> new Field(Kind.ATTRIBUTE, field.key());
      default -> promoted(field);
    };
  }

  /// The same without the other names of attributes.
  Field promoted(Field field) {
    if (field.kind() == Kind.TAG && field.key().equals(TraceInfo.NAME)) {
      return new Field(Kind.ATTRIBUTE, "name");
    }
    if (field.kind() != Kind.METADATA) {
      return field;
    }
    if (field.key().equals(TraceInfo.SOURCE_RUN)) {
      return new Field(Kind.ATTRIBUTE, "run_id");
    }
    if (hasColumns() && field.key().equals(TraceInfo.SESSION)) {
      return new Field(Kind.ATTRIBUTE, "session_id");
    }
    return field;
  }

  /// Whether a field is a sum that has several columns.
  boolean isSums(Field field) {
    return hasColumns()
        && field.kind() == Kind.METADATA
        && (field.key().equals(TraceInfo.TOKEN_USAGE) || field.key().equals(TraceInfo.COST));
  }

  Searched searched() {
    var columns = new LinkedHashMap<String, String>();
    for (var name :
        new String[] {
          "request_id",
          "timestamp_ms",
          "execution_time_ms",
          "status",
          "client_request_id",
          "experiment_id",
          "session_id"
        }) {
      columns.put(name, layout.has("trace_info", name) ? "t." + name : "NULL");
    }
    columns.put("end_time_ms", "(t.timestamp_ms + COALESCE(t.execution_time_ms, 0))");
    columns.put("name", hasColumns() ? "t.trace_name" : value("trace_tags", TraceInfo.NAME));
    columns.put("run_id", value("trace_request_metadata", TraceInfo.SOURCE_RUN));
    return new Searched(
        "trace_info t",
        "t.request_id",
        columns,
        Map.of(
            Kind.TAG, new Searched.Pairs("trace_tags", OWN, "\"key\"", "value"),
            Kind.METADATA, new Searched.Pairs("trace_request_metadata", OWN, "\"key\"", "value")),
        Map.of());
  }

  private static String value(String table, String key) {
    return "(SELECT x.value FROM " + table + " x WHERE " + OWN + " AND x.\"key\" = '" + key + "')";
  }
}
