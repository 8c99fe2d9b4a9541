package io.mlopscore.tracking.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerResponse;
import io.mlopscore.tracking.TrackingException;

/// A refused request as MLflow's server answers it.
record Failure(TrackingException cause) {
  void send(ServerResponse response) {
    response.status(Status.create(cause.code().httpStatus()));
    if (cause.code().passes()) {
      response.headers().set(HeaderNames.RETRY_AFTER, "1");
    }
    response.headers().set(HeaderNames.CONTENT_TYPE, "application/json");
    response.send(message().toString());
  }

  private ObjectNode message() {
    var message =
        Messages.empty()
            .put("error_code", cause.code().name())
            .put("message", String.valueOf(cause.getMessage()));
    cause
        .code()
        .errorClass()
        .ifPresent(
            errorClass ->
                message
                    .put("sqlstate", errorClass.sqlState())
                    .put("error_class", errorClass.name()));
    return message;
  }
}
