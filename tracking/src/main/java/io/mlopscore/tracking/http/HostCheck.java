package io.mlopscore.tracking.http;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.util.Set;

/// Keeps web pages of other sites from talking to this server through somebody's browser, by the
/// rules of MLflow since 3.5: the Host must be an allowed one (DNS rebinding), and a page of
/// another origin may not change anything.
///
/// @param prefix what stands before every path, or the empty text
/// @param frames the header X-Frame-Options: SAMEORIGIN, DENY, or the empty text for none
public record HostCheck(AllowedHosts hosts, AllowedOrigins origins, String frames, String prefix)
    implements Filter {
  private static final HeaderName NO_SNIFF = HeaderNames.create("X-Content-Type-Options");
  private static final HeaderName FRAMES = HeaderNames.create("X-Frame-Options");
  private static final HeaderName ASKED_METHOD =
      HeaderNames.create("Access-Control-Request-Method");
  private static final HeaderName ASKED_HEADERS =
      HeaderNames.create("Access-Control-Request-Headers");
  private static final String METHODS = "GET, POST, PUT, DELETE, OPTIONS, PATCH";
  private static final Set<String> PROBES = Set.of("/health", "/health/live", "/version");
  private static final Set<String> CHANGING = Set.of("POST", "PUT", "DELETE", "PATCH");

  /// As `mlflow server` without flags.
  public HostCheck() {
    this(AllowedHosts.local(), AllowedOrigins.local(), "SAMEORIGIN", "");
  }

  @Override
  public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
    harden(response);
    var origin = request.headers().first(HeaderNames.ORIGIN).orElse("");
    var host = request.headers().first(HeaderNames.HOST).orElse("");
    if (!isProbe(request) && !hosts.allows(host)) {
      refuse(response, "Invalid Host header - possible DNS rebinding attack detected");
      return;
    }
    if (!origin.isEmpty()) {
      shareWith(origin, response);
    }
    var method = request.prologue().method().text();
    if (method.equals("OPTIONS") && request.headers().contains(ASKED_METHOD)) {
      preflight(origin, request, response);
    } else if (CHANGING.contains(method) && !mayChange(origin, host)) {
      refuse(response, "Cross-origin request blocked");
    } else {
      chain.proceed();
    }
  }

  /// The pages of this server come from where they send to; MLflow refuses them too, but on this
  /// machine. No other page can pass for them, unless every host is allowed.
  private boolean mayChange(String origin, String host) {
    return origin.isEmpty()
        || (!hosts.all() && Set.of("https://" + host, "http://" + host).contains(origin))
        || origins.allows(origin);
  }

  private void harden(RoutingResponse response) {
    response.header(NO_SNIFF, "nosniff");
    if (!frames.isEmpty()) {
      response.header(FRAMES, frames);
    }
  }

  /// What watches the server asks by whatever address it has.
  private boolean isProbe(RoutingRequest request) {
    var path = request.path().path();
    return PROBES.stream().anyMatch(probe -> path.equals(prefix + probe));
  }

  /// Lets scripts of an allowed page read the answer.
  private void shareWith(String origin, RoutingResponse response) {
    response.header(HeaderNames.VARY, "Origin");
    if (origins.all()) {
      response.header(HeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, "*");
    } else if (origins.allows(origin)) {
      response.header(HeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, origin);
      response.header(HeaderNames.ACCESS_CONTROL_ALLOW_CREDENTIALS, "true");
    }
    response.header(HeaderNames.ACCESS_CONTROL_EXPOSE_HEADERS, "*");
  }

  /// A browser asks before a script may send (https://fetch.spec.whatwg.org/#cors-preflight-fetch).
  private void preflight(String origin, RoutingRequest request, RoutingResponse response) {
    var allowed = origins.allows(origin);
    response.header(HeaderNames.ACCESS_CONTROL_ALLOW_METHODS, METHODS);
    response.header(HeaderNames.ACCESS_CONTROL_MAX_AGE, "600");
    request
        .headers()
        .first(ASKED_HEADERS)
        .filter(_ -> allowed)
        .ifPresent(names -> response.header(HeaderNames.ACCESS_CONTROL_ALLOW_HEADERS, names));
    response.header(HeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8");
    response.status(allowed ? Status.OK_200 : Status.BAD_REQUEST_400);
    response.send(allowed ? "OK" : "Disallowed CORS origin");
  }

  private static void refuse(RoutingResponse response, String message) {
    response.header(HeaderNames.CONTENT_TYPE, "text/plain");
    response.status(Status.FORBIDDEN_403);
    response.send(message);
  }
}
