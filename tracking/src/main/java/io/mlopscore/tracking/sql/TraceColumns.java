package io.mlopscore.tracking.sql;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.util.RawValue;
import io.mlopscore.tracking.traces.JsonText;
import io.mlopscore.tracking.traces.TraceInfo;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// What MLflow 3.17 keeps in columns of `trace_info`, and earlier ones as tags and metadata: the
/// name, the session, tokens and costs. Callers see them as tags and metadata either way.
final class TraceColumns {
  static final List<String> TOKENS =
      List.of(
          "input_tokens",
          "output_tokens",
          "total_tokens",
          "cache_read_input_tokens",
          "cache_creation_input_tokens",
          "cache_creation_input_tokens_above_1hr");
  static final List<String> COSTS = List.of("input_cost", "output_cost", "total_cost");

  private TraceColumns() {}

  /// Whether the database has these columns.
  static boolean exist(Handle handle) {
    return Layout.of(handle).has("trace_info", "session_id");
  }

  static boolean isTag(String key) {
    return key.equals(TraceInfo.NAME);
  }

  static boolean isMetadata(String key) {
    return key.equals(TraceInfo.SESSION)
        || key.equals(TraceInfo.TOKEN_USAGE)
        || key.equals(TraceInfo.COST);
  }

  /// The columns for a trace with such tags and metadata; only those that these give a value.
  static Map<String, Object> of(Map<String, String> tags, Map<String, String> metadata) {
    var columns = new LinkedHashMap<String, Object>();
    putIfPresent(columns, "trace_name", tags.get(TraceInfo.NAME));
    putIfPresent(columns, "session_id", metadata.get(TraceInfo.SESSION));
    var tokens = JsonText.read(metadata.get(TraceInfo.TOKEN_USAGE));
    var costs = JsonText.read(metadata.get(TraceInfo.COST));
    tokens.ifPresent(usage -> columns.putAll(tokens(usage)));
    costs.ifPresent(cost -> columns.putAll(costs(cost)));
    return columns;
  }

  private static void putIfPresent(
      Map<String, Object> columns, String name, @Nullable String value) {
    if (value != null) {
      columns.put(name, value);
    }
  }

  /// The counts that a column can hold.
  static Map<String, Long> tokens(JsonNode usage) {
    var columns = new LinkedHashMap<String, Long>();
    for (var name : TOKENS) {
      whole(usage.path(name)).ifPresent(count -> columns.put(name, count));
    }
    return columns;
  }

  private static Optional<Long> whole(JsonNode value) {
    try {
      return value.isNumber() || value.isTextual()
          ? Optional.of(new BigDecimal(value.asText()).longValueExact())
          : Optional.empty();
    } catch (ArithmeticException | NumberFormatException _) {
      return Optional.empty();
    }
  }

  static Map<String, Double> costs(JsonNode cost) {
    var columns = new LinkedHashMap<String, Double>();
    for (var name : COSTS) {
      var value = cost.path(name);
      if (value.isNumber() && Double.isFinite(value.doubleValue())) {
        columns.put(name, value.doubleValue());
      }
    }
    return columns;
  }

  /// Puts what the columns of a row hold among the tags and metadata.
  static void read(ResultSet row, Map<String, String> tags, Map<String, String> metadata)
      throws SQLException {
    putText(tags, TraceInfo.NAME, row.getString("trace_name"));
    putText(metadata, TraceInfo.SESSION, row.getString("session_id"));
    var tokens = JsonNodeFactory.instance.objectNode();
    for (var name : TOKENS) {
      var count = row.getLong(name);
      if (!row.wasNull()) {
        tokens.put(name, count);
      }
    }
    var costs = JsonNodeFactory.instance.objectNode();
    for (var name : COSTS) {
      var cost = row.getDouble(name);
      if (!row.wasNull()) {
        costs.putRawValue(name, new RawValue(JsonText.number(cost)));
      }
    }
    putText(metadata, TraceInfo.TOKEN_USAGE, tokens.isEmpty() ? null : JsonText.write(tokens));
    putText(metadata, TraceInfo.COST, costs.isEmpty() ? null : JsonText.write(costs));
  }

  private static void putText(Map<String, String> into, String key, @Nullable String value) {
    if (value != null) {
      into.put(key, value);
    }
  }
}
