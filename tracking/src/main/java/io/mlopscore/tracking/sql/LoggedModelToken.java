package io.mlopscore.tracking.sql;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlopscore.tracking.ErrorCode;
import io.mlopscore.tracking.LoggedModelQuery;
import io.mlopscore.tracking.TrackingException;
import io.mlopscore.tracking.search.PageToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// Page tokens of logged models. They repeat the search, as MLflow's do, and serve no other; ours
/// say after which model a page begins, MLflow's after how many.
final class LoggedModelToken {
  private LoggedModelToken() {}

  /// @param token of any search, empty if no page follows
  static String next(LoggedModelQuery query, String token) {
    if (token.isEmpty()) {
      return "";
    }
    var json = search(query).setAll((ObjectNode) decoded(token)).toString();
    return Base64.getEncoder().encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }

  private static ObjectNode search(LoggedModelQuery query) {
    var token = JsonNodeFactory.instance.objectNode();
    query.experimentIds().forEach(token.putArray("experiment_ids")::add);
    token.put("filter_string", query.filter().isEmpty() ? null : query.filter());
    if (query.orderBy().isEmpty()) {
      return token.putNull("order_by");
    }
    var orders = token.putArray("order_by");
    for (var order : query.orderBy()) {
      var dataset = order.dataset();
      orders
          .addObject()
          .put("field_name", order.field())
          .put("ascending", order.ascending())
          .put("dataset_name", dataset == null ? null : nullIfEmpty(dataset.name()))
          .put("dataset_digest", dataset == null ? null : dataset.digest());
    }
    return token;
  }

  private static @Nullable String nullIfEmpty(String text) {
    return text.isEmpty() ? null : text;
  }

  /// Where the page that is asked for begins.
  static PageToken begin(LoggedModelQuery query) {
    if (query.pageToken().isEmpty()) {
      return new PageToken.Offset(0);
    }
    var token = decoded(query.pageToken());
    var expected = search(query);
    require(token, expected, "experiment_ids", "Experiment IDs");
    require(token, expected, "filter_string", "Filter string");
    require(token, expected, "order_by", "Order by");
    return token.path("after").isArray()
        ? PageToken.after(token.path("after"))
        : new PageToken.Offset(Math.max(0, token.path("offset").asLong()));
  }

  private static JsonNode decoded(String token) {
    try {
      return new ObjectMapper().readTree(Base64.getDecoder().decode(token));
    } catch (IllegalArgumentException | IOException e) {
      throw new TrackingException(
          ErrorCode.INVALID_PARAMETER_VALUE, "Invalid page token: " + token, e);
    }
  }

  private static void require(JsonNode token, JsonNode expected, String field, String name) {
    if (!token.path(field).equals(expected.path(field))) {
      throw new TrackingException(
          ErrorCode.INVALID_PARAMETER_VALUE,
          name
              + " in the page token does not match the requested one. Expected: "
              + expected.path(field)
              + ". Found: "
              + token.path(field));
    }
  }
}
