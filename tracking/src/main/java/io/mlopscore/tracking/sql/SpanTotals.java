package io.mlopscore.tracking.sql;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlopscore.tracking.traces.JsonText;
import io.mlopscore.tracking.traces.Span;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Tokens or costs of a whole trace. A span that has them counts for all that is below it, because
/// frameworks repeat the sum of the parts at the whole.
final class SpanTotals {
  private SpanTotals() {}

  static Optional<ObjectNode> tokens(List<Span> spans) {
    return sum(spans, Span.TOKEN_USAGE, TraceColumns.TOKENS.subList(0, 3), TraceColumns.TOKENS)
        .map(SpanTotals::whole);
  }

  static Optional<ObjectNode> costs(List<Span> spans) {
    return sum(spans, Span.COST, TraceColumns.COSTS, TraceColumns.COSTS);
  }

  /// @param always the keys that the sum has even if no span does
  private static Optional<ObjectNode> sum(
      List<Span> spans, String attribute, List<String> always, List<String> keys) {
    var byId = new HashMap<String, Span>();
    spans.forEach(span -> byId.put(span.spanId(), span));
    var total = JsonNodeFactory.instance.objectNode();
    for (var span : byId.values()) {
      var data = data(span, attribute);
      if (data != null && !isBelowData(span, byId, attribute)) {
        always.forEach(key -> total.put(key, total.path(key).asDouble()));
        for (var key : keys) {
          if (data.path(key).isNumber()) {
            total.put(key, total.path(key).asDouble() + data.path(key).doubleValue());
          }
        }
      }
    }
    return total.isEmpty() ? Optional.empty() : Optional.of(total);
  }

  private static @Nullable JsonNode data(Span span, String attribute) {
    return JsonText.read(span.attributes().get(attribute)).filter(JsonNode::isObject).orElse(null);
  }

  private static boolean isBelowData(Span span, Map<String, Span> byId, String attribute) {
    var steps = 0; // senders may make a circle of parents
    for (var above = parent(span, byId); above != null; above = parent(above, byId)) {
      if (data(above, attribute) != null || ++steps > byId.size()) {
        return true;
      }
    }
    return false;
  }

  private static @Nullable Span parent(Span span, Map<String, Span> byId) {
    var parent = span.parentId();
    return parent == null ? null : byId.get(parent);
  }

  private static ObjectNode whole(ObjectNode total) {
    var whole = JsonNodeFactory.instance.objectNode();
    total.properties().forEach(count -> whole.put(count.getKey(), count.getValue().longValue()));
    return whole;
  }
}
