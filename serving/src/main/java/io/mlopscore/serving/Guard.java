package io.mlopscore.serving;

import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.mlopscore.tracking.http.TrustedProxies;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Decides who gets through: body size, limit by address, key, limit by key, in that order, the
/// cheap checks first and nothing of the body read before the last.
final class Guard {
  private static final HeaderName API_KEY = HeaderNames.create("X-API-Key");
  private static final HeaderName FORWARDED_PROTO = HeaderNames.create("X-Forwarded-Proto");
  private static final HeaderName LIMIT = HeaderNames.create("RateLimit-Limit");
  private static final HeaderName REMAINING = HeaderNames.create("RateLimit-Remaining");
  private static final HeaderName RESET = HeaderNames.create("RateLimit-Reset");
  private static final Header CHALLENGE =
      HeaderValues.createCached(HeaderNames.WWW_AUTHENTICATE, "ApiKey");

  private final KeyRing keys;
  private final TrustedProxies proxies;
  private final Optional<Limiter> failedKeys;
  private final boolean https;
  private final int maxBody;

  /// @param failedKeys counts wrong keys by address
  /// @param https whether callers always come by https
  Guard(
      KeyRing keys,
      TrustedProxies proxies,
      Optional<Limiter> failedKeys,
      boolean https,
      int maxBody) {
    this.keys = keys;
    this.proxies = proxies;
    this.failedKeys = failedKeys;
    this.https = https;
    this.maxBody = maxBody;
  }

  /// Answers by the route's endpoint, or says why not.
  Reply answer(Exchange exchange, Route route) throws IOException {
    var request = exchange.request();
    if (RequestBody.isTooLarge(request, maxBody)) {
      return tooLarge(maxBody);
    }
    if (route.guards().isEmpty() && !route.needsKey()) {
      return route.endpoint().answer(exchange);
    }
    var reply = guarded(exchange, route);
    // What is left of a body without a length could be endless: better a new connection.
    return !reply.error().isEmpty() && request.headers().contains(HeaderNames.TRANSFER_ENCODING)
        ? reply.closing()
        : reply;
  }

  static Reply tooLarge(int maxBody) {
    return Reply.problem(
            Status.REQUEST_ENTITY_TOO_LARGE_413,
            "too_large",
            "The body must not be larger than " + maxBody + " bytes")
        .closing();
  }

  private Reply guarded(Exchange exchange, Route route) throws IOException {
    var usages = new ArrayList<Limiter.Usage>(2);
    if (route.guards().isPresent()) {
      var usage = route.guards().get().byAddress().take(client(exchange.request()));
      if (!usage.allowed()) {
        return exceeded(usage);
      }
      usages.add(usage);
    }
    if (route.needsKey() && !keys.keys().isEmpty()) {
      var refusal = checkKey(exchange);
      if (refusal.isPresent()) {
        return refusal.get();
      }
      if (route.guards().isPresent()) {
        var usage = route.guards().get().byKey().take(exchange.keyId());
        if (!usage.allowed()) {
          return exceeded(usage);
        }
        usages.add(usage);
      }
    }
    var reply = route.endpoint().answer(exchange);
    return usages.isEmpty() ? reply : reply.with(limitHeaders(reply.headers(), usages));
  }

  private Optional<Reply> checkKey(Exchange exchange) {
    var request = exchange.request();
    if (failedKeys.isPresent()) {
      var client = client(request);
      if (failedKeys.get().isExhausted(client)) {
        return Optional.of(exceeded(failedKeys.get().take(client)));
      }
    }
    var given = Gateway.header(request, API_KEY);
    if (given.isEmpty()) {
      return Optional.of(
          refused(
              exchange,
              Status.UNAUTHORIZED_401,
              "missing_api_key",
              "API key missing. Send it in the X-API-Key header"));
    }
    var key = keys.keys().find(given);
    if (key.isEmpty()) {
      return Optional.of(
          refused(exchange, Status.FORBIDDEN_403, "invalid_api_key", "Invalid API key"));
    }
    exchange.authenticated(key.get().id());
    return Optional.empty();
  }

  private Reply refused(Exchange exchange, Status status, String error, String detail) {
    failedKeys.ifPresent(limiter -> limiter.take(client(exchange.request())));
    return Reply.problem(status, error, detail).with(List.of(CHALLENGE));
  }

  private static Reply exceeded(Limiter.Usage usage) {
    var body =
        Json.object(out -> out.writeStringField("error", "Rate limit exceeded: " + usage.limit()));
    var headers = new ArrayList<>(limitHeaders(List.of(), List.of(usage)));
    headers.add(HeaderValues.create(HeaderNames.RETRY_AFTER, Long.toString(usage.seconds())));
    return Reply.problem(Status.TOO_MANY_REQUESTS_429, "rate_limit", body).with(headers);
  }

  /// Tells the tightest of the limits.
  private static List<Header> limitHeaders(List<Header> others, List<Limiter.Usage> usages) {
    var tightest = usages.getFirst();
    for (var usage : usages) {
      tightest = usage.remaining() < tightest.remaining() ? usage : tightest;
    }
    var headers = new ArrayList<>(others);
    headers.add(HeaderValues.create(LIMIT, Integer.toString(tightest.limit().count())));
    headers.add(HeaderValues.create(REMAINING, Long.toString(tightest.remaining())));
    headers.add(HeaderValues.create(RESET, Long.toString(tightest.seconds())));
    return headers;
  }

  /// Whether this request came by https, as far as one can believe it.
  boolean isHttps(ServerRequest request) {
    return https
        || (request.headers().contains(FORWARDED_PROTO)
            && proxies.trusts(peer(request))
            && Gateway.header(request, FORWARDED_PROTO).equalsIgnoreCase("https"));
  }

  private String client(ServerRequest request) {
    var headers = request.headers();
    return headers.contains(HeaderNames.X_FORWARDED_FOR)
        ? proxies.client(peer(request), headers.get(HeaderNames.X_FORWARDED_FOR).allValues())
        : TrustedProxies.key(peer(request).getAddress());
  }

  private static InetAddress peer(ServerRequest request) {
    return ((InetSocketAddress) request.remotePeer().address()).getAddress();
  }
}
