package io.mlopscore.tracking.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializable;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.helidon.webserver.http.ServerRequest;
import io.mlopscore.tracking.ErrorCode;
import io.mlopscore.tracking.TrackingException;
import java.io.IOException;
import java.io.UncheckedIOException;

/// Makes calls for somebody whose request is being answered: past the same gate as calls from
/// outside, so that the same rules hold and the same lines are in the audit log.
record CallsWithin(
    ServerRequest request,
    ServedCalls served,
    CallTable calls,
    Gate gate,
    MemoryBudget answers,
    ObjectMapper json)
    implements ApiClient {
  @Override
  public JsonNode get(String call, String... namesAndValues) {
    return answer("GET", call, new Call(fields(namesAndValues), true));
  }

  @Override
  public JsonNode send(String method, String call, ObjectNode body) {
    return answer(method, call, new Call(body, false));
  }

  static ObjectNode fields(String... namesAndValues) {
    var fields = Messages.empty();
    for (var i = 0; i < namesAndValues.length; i += 2) {
      fields.withArray(namesAndValues[i]).add(namesAndValues[i + 1]);
    }
    for (var field : fields.properties()) {
      if (field.getValue().size() == 1) {
        field.setValue(field.getValue().path(0));
      }
    }
    return fields;
  }

  private JsonNode answer(String method, String name, Call call) {
    served
        .refusal("/api/2.0/mlflow/" + name)
        .ifPresent(
            why -> {
              throw new TrackingException(ErrorCode.NOT_IMPLEMENTED, why);
            });
    var found = calls.find(method, name).orElseThrow();
    if (call.fields() instanceof ObjectNode fields) {
      found.variables().forEach(fields::put);
    }
    try (var _ = answers.take(found.rpc().bytes(call))) {
      return tree(gate.answer(request, found.call(), call, found.rpc()));
    }
  }

  /// An answer that is a list is read to its end.
  private JsonNode tree(JsonSerializable answer) {
    if (answer instanceof ObjectNode message) {
      return message;
    }
    try {
      return json.readTree(json.writeValueAsBytes(answer));
    } catch (IOException e) {
      if (e.getCause() instanceof TrackingException refused) {
        throw refused;
      }
      throw new UncheckedIOException(e);
    }
  }
}
