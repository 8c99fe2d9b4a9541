package io.mlopscore.serving;

import io.helidon.http.BadRequestException;
import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.mlopscore.tracking.observability.RequestId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.BooleanSupplier;

/// The one way in: finds the route, lets it be guarded and answered, and sends the answer with the
/// headers, the log line and the metrics that all answers share.
final class Gateway implements Filter {
  private final Routes routes;
  private final Guard guard;
  private final Cors cors;
  private final ServingLog log;
  private final ServingMetrics metrics;
  private final BooleanSupplier draining;

  /// @param draining whether the service is about to stop; connections are then not kept
  Gateway(
      Routes routes,
      Guard guard,
      Cors cors,
      ServingLog log,
      ServingMetrics metrics,
      BooleanSupplier draining) {
    this.routes = routes;
    this.guard = guard;
    this.cors = cors;
    this.log = log;
    this.metrics = metrics;
    this.draining = draining;
  }

  @Override
  public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
    var started = System.nanoTime();
    var exchange =
        new Exchange(
            request,
            RequestId.of(header(request, RequestId.HEADER)),
            Routes.knownMethod(request.prologue().method().text()));
    metrics.started();
    int status = 499; // the caller went away
    var closes = false;
    try {
      var reply = reply(exchange);
      exchange.failed(reply.error());
      status = reply.status().code();
      closes = reply.closes() || draining.getAsBoolean() || isLast(request);
      send(exchange, response, reply, closes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      var nanos = System.nanoTime() - started;
      metrics.finished(exchange, status, nanos);
      log.request(exchange, status, nanos);
    }
    if (closes) {
      RequestBody.discard(request);
      throw new CloseConnectionException("the answer said so");
    }
  }

  private Reply reply(Exchange exchange) throws IOException {
    var request = exchange.request();
    var match = routes.find(exchange.method(), request.prologue().uriPath().rawPath());
    exchange.matched(match.path());
    try {
      return switch (match) {
        case Routes.Match.Found(var route) -> guard.answer(exchange, route);
        case Routes.Match.WrongMethod(_, var allow) ->
            exchange.method().equals("OPTIONS") && cors.isPreflight(request.headers())
                ? cors.preflight(request.headers())
                : Reply.problem(
                        Status.METHOD_NOT_ALLOWED_405, "method_not_allowed", "Method Not Allowed")
                    .with(List.of(allow));
        case Routes.Match.None() -> Reply.problem(Status.NOT_FOUND_404, "not_found", "Not Found");
      };
    } catch (BadRequestException e) {
      return Reply.problem(e.status(), "bad_request", "The body could not be read").closing();
    } catch (CloseConnectionException | UncheckedIOException e) {
      throw e;
    } catch (RuntimeException e) {
      log.failure("request_failed", exchange.requestId(), e);
      return Reply.problem(Status.INTERNAL_SERVER_ERROR_500, "internal", "Internal server error");
    }
  }

  private void send(Exchange exchange, ServerResponse response, Reply reply, boolean closes) {
    var headers = response.headers();
    headers.set(reply.contentType());
    headers.set(HeaderValues.create(RequestId.HEADER, exchange.requestId()));
    headers.set(SecurityHeaders.DATA_ONLY);
    headers.set(SecurityHeaders.NO_STORE);
    SecurityHeaders.ALWAYS.forEach(headers::set);
    if (guard.isHttps(exchange.request())) {
      headers.set(SecurityHeaders.STRICT_TRANSPORT);
    }
    cors.headers(exchange.request().headers()).forEach(headers::set);
    for (Header header : reply.headers()) {
      headers.set(header);
    }
    if (closes) {
      headers.set(HeaderValues.CONNECTION_CLOSE);
    }
    response.status(reply.status());
    if (exchange.method().equals("HEAD")) {
      headers.set(HeaderNames.CONTENT_LENGTH, Integer.toString(reply.body().length));
      response.send(new byte[0]);
    } else {
      response.send(reply.body());
    }
  }

  /// Helidon 4.5 keeps the connection if the request had no body
  /// (https://www.rfc-editor.org/rfc/rfc9112#section-9.6).
  private static boolean isLast(ServerRequest request) {
    return request.headers().containsToken(HeaderValues.CONNECTION_CLOSE);
  }

  static String header(ServerRequest request, HeaderName name) {
    var headers = request.headers();
    return headers.contains(name) ? headers.get(name).get() : "";
  }
}
