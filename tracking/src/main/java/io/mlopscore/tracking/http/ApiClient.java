package io.mlopscore.tracking.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// Makes the calls of MLflow's API, whether a server elsewhere answers them or this one.
interface ApiClient {
  /// @param namesAndValues the fields; one that is there several times is a list
  JsonNode get(String call, String... namesAndValues);

  JsonNode send(String method, String call, ObjectNode body);

  default JsonNode post(String call, ObjectNode body) {
    return send("POST", call, body);
  }
}
