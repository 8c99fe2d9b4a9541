package io.mlopscore.serving;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;

/// One request on its way, with what is learnt about it for the log.
final class Exchange {
  private static final HeaderName TRACE_PARENT = HeaderNames.create("traceparent");

  private final ServerRequest request;
  private final String requestId;
  private final String method;
  private String route = "unmatched";
  private String keyId = "";
  private String modelVersion = "";
  private String error = "";

  Exchange(ServerRequest request, String requestId, String method) {
    this.request = request;
    this.requestId = requestId;
    this.method = method;
  }

  ServerRequest request() {
    return request;
  }

  String requestId() {
    return requestId;
  }

  /// The W3C header of that name; empty if there is none.
  String traceParent() {
    return Gateway.header(request, TRACE_PARENT);
  }

  /// One of the known methods, or `OTHER`.
  String method() {
    return method;
  }

  /// The path of the matched route, never the one that was sent.
  String route() {
    return route;
  }

  void matched(String path) {
    route = path;
  }

  /// Empty if no key was needed or given.
  String keyId() {
    return keyId;
  }

  void authenticated(String id) {
    keyId = id;
  }

  String modelVersion() {
    return modelVersion;
  }

  void answeredBy(String version) {
    modelVersion = version;
  }

  /// One word for what went wrong; empty if nothing did.
  String error() {
    return error;
  }

  void failed(String word) {
    error = word;
  }
}
