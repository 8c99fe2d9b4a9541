package io.mlopscore.tracking.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.mlopscore.tracking.ErrorCode;
import io.mlopscore.tracking.TrackingException;
import java.io.IOException;

/// Reads the fields of a call as MLflow does: from the query of a GET, from the JSON of anything
/// else, and from the path.
final class RequestFields {
  private static final System.Logger LOG = System.getLogger(RequestFields.class.getName());
  private static final int LARGEST_BODY = 32 << 20;

  /// A tree of as many empty objects as a body has room for would be fifty times its size.
  private static final int MOST_TOKENS = 500_000;

  /// How many times as large as its text a tree with what is made of it is.
  private static final int TREE = 10;

  private final ObjectMapper json =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxTokenCount(MOST_TOKENS).build())
                  .build())
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .build();

  /// A HEAD is a GET whose answer has no body.
  static String method(ServerRequest request) {
    var method = request.prologue().method().text();
    return method.equals("HEAD") ? "GET" : method;
  }

  /// @param memory for the body
  Call of(ServerRequest request, CallTable.Found found, MemoryBudget.Share memory)
      throws IOException {
    var fields = Messages.empty();
    var inQuery = method(request).equals("GET");
    if (inQuery) {
      queryInto(fields, request);
    } else {
      bodyInto(fields, request, memory);
    }
    found.variables().forEach(fields::put);
    return new Call(fields, inQuery);
  }

  private static void queryInto(ObjectNode fields, ServerRequest request) {
    var query = request.query();
    for (var name : query.names()) {
      var values = query.all(name);
      if (values.size() == 1) {
        fields.put(name, values.getFirst());
      } else {
        var array = fields.putArray(name);
        values.forEach(array::add);
      }
    }
  }

  /// A body that is no JSON counts as empty, as in MLflow: the error then names the missing field.
  private void bodyInto(ObjectNode fields, ServerRequest request, MemoryBudget.Share memory)
      throws IOException {
    requireJson(request);
    var body = ReceivedBody.of(request).readWhole(LARGEST_BODY, memory);
    memory.more((long) TREE * body.length);
    try {
      if (body.length > 0 && object(json.readTree(body)) instanceof ObjectNode object) {
        fields.setAll(FieldNames.define(object));
      }
    } catch (StreamConstraintsException e) {
      throw new TrackingException(
          ErrorCode.INVALID_PARAMETER_VALUE,
          "The request is too large: " + e.getOriginalMessage(),
          e);
    } catch (JsonProcessingException _) {
      LOG.log(System.Logger.Level.DEBUG, "a request body is no JSON");
    }
  }

  /// Old clients send the text of an object as a text.
  private JsonNode object(JsonNode body) throws JsonProcessingException {
    return body.isTextual() ? json.readTree(body.textValue()) : body;
  }

  private static void requireJson(ServerRequest request) {
    var type = request.headers().first(HeaderNames.CONTENT_TYPE).orElse("").split(";", 2)[0];
    if (method(request).equals("POST") && !type.strip().equals("application/json")) {
      throw new TrackingException(
          ErrorCode.INVALID_PARAMETER_VALUE,
          "Bad Request. Content-Type must be one of ['application/json'].");
    }
  }
}
