package io.mlopscore.tracking.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;

/// What the calls for users and roles are sent: the query of a GET, the JSON of anything else.
final class Fields {
  private static final int LARGEST = 1 << 20;

  private Fields() {}

  static Call of(ServerRequest request) throws IOException {
    var fields = Messages.empty();
    if (request.prologue().method().text().equals("GET")) {
      for (var name : request.query().names()) {
        var array = fields.putArray(name);
        request.query().all(name).forEach(array::add);
        if (array.size() == 1) {
          fields.set(name, array.get(0));
        }
      }
      return new Call(fields, true);
    }
    var body = ReceivedBody.of(request).readNBytes(LARGEST);
    try {
      if (body.length > 0 && new ObjectMapper().readTree(body) instanceof ObjectNode object) {
        return new Call(object, false);
      }
    } catch (JsonProcessingException _) {
      // counts as empty, as in MLflow: the error names the missing field
    }
    return new Call(fields, false);
  }
}
