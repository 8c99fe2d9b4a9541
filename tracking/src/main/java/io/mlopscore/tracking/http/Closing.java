package io.mlopscore.tracking.http;

import io.helidon.http.HeaderValues;
import io.helidon.http.Headers;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;

/// Closes the connection after the answer where the client asked for that, or speaks HTTP/1.0 and
/// did not ask otherwise; Helidon 4.5 leaves it open if the request had no body
/// (https://www.rfc-editor.org/rfc/rfc9112#section-9.6). Register it before all other filters.
public final class Closing implements Filter {
  @Override
  public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
    var last = isLast(request.prologue().protocolVersion(), request.headers());
    if (last) {
      response.headers().set(HeaderValues.CONNECTION_CLOSE);
    }
    chain.proceed();
    if (last) {
      if (request.content().hasEntity() && !request.content().consumed()) {
        request.content().consume(); // or the client may lose the answer to a reset
      }
      throw new CloseConnectionException("the client asked for it");
    }
  }

  private static boolean isLast(String version, Headers headers) {
    return headers.containsToken(HeaderValues.CONNECTION_CLOSE)
        || (version.equals("1.0") && !headers.containsToken(HeaderValues.CONNECTION_KEEP_ALIVE));
  }
}
