package io.mlopscore.serving;

import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderValues;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.http.DirectHandlers;
import java.nio.charset.StandardCharsets;

/// Answers what is not proper HTTP, in the form of all other answers.
final class ProtocolErrors {
  private ProtocolErrors() {}

  static DirectHandlers handlers() {
    var handlers = DirectHandlers.builder();
    for (var type : DirectHandler.EventType.values()) {
      handlers.addHandler(type, (_, _, status, headers, _) -> answer(status, headers));
    }
    return handlers.build();
  }

  private static DirectHandler.TransportResponse answer(
      Status status, ServerResponseHeaders headers) {
    var body = Json.object(out -> out.writeStringField("detail", status.reasonPhrase()));
    headers.set(HeaderValues.CONTENT_TYPE_JSON);
    headers.set(SecurityHeaders.DATA_ONLY);
    headers.set(SecurityHeaders.NO_STORE);
    SecurityHeaders.ALWAYS.forEach(headers::set);
    return DirectHandler.TransportResponse.builder()
        .status(status)
        .headers(headers)
        .entity(new String(body, StandardCharsets.UTF_8))
        .keepAlive(false)
        .build();
  }
}
