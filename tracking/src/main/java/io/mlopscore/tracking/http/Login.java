package io.mlopscore.tracking.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import io.helidon.webserver.http.ServerRequest;
import io.mlopscore.tracking.TrackingException;
import io.mlopscore.tracking.auth.AttemptLimit;
import io.mlopscore.tracking.auth.Authenticator;
import io.mlopscore.tracking.auth.Caller;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Lets in who says who they are, by `Authorization` or by the cookie of a browser that is logged
/// in; everybody else is asked to, as MLflow asks.
///
/// @param limit of wrong passwords and tokens by address
/// @param prefix of the paths of the server, such as `/mlflow`; empty for none
public record Login(Authenticator authenticator, AttemptLimit limit, Callers callers, String prefix)
    implements Filter {
  /// What a browser shows to stay logged in.
  public static final String COOKIE = "mlops_session";

  private static final Set<String> OPEN =
      Set.of(
          "/health",
          "/health/live",
          "/favicon.ico",
          "/login",
          "/login/oidc",
          "/login/oidc/callback",
          "/logout");
  private static final Pattern OPEN_PATH =
      Pattern.compile(
          "/(?:console/[a-z]+\\.(?:svg|css|js)|(?:ajax-)?api/[23]\\.0/mlflow/server-info)");
  private static final Pattern API = Pattern.compile("/(?:ajax-)?api/.*");

  @Override
  public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
    var path = inside(request.path().path());
    if (OPEN.contains(path) || OPEN_PATH.matcher(path).matches()) {
      remember(request);
      chain.proceed();
      return;
    }
    var address = callers.address(request);
    var wait = limit.wait(address);
    var header = request.headers().first(HeaderNames.AUTHORIZATION).orElse("");
    if (wait > 0 && !header.isEmpty()) {
      tooMany(response, wait);
      return;
    }
    try {
      var caller = caller(request);
      if (caller.isEmpty() && !header.isEmpty()) {
        limit.failed(address);
      }
      answer(chain, request, response, caller);
    } catch (TrackingException e) {
      response.status(Status.create(e.code().httpStatus()));
      response.header(HeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8");
      response.send(String.valueOf(e.getMessage()));
    }
  }

  private void answer(
      FilterChain chain,
      RoutingRequest request,
      RoutingResponse response,
      Optional<Caller> caller) {
    if (caller.isEmpty()) {
      challenge(request, response);
    } else {
      request.context().register(caller.get());
      chain.proceed();
    }
  }

  /// On a page that is open to all, somebody may be logged in nevertheless.
  private void remember(RoutingRequest request) {
    byCookie(request).ifPresent(caller -> request.context().register(caller));
  }

  /// Who makes a request; nothing if it does not say, or not truly.
  Optional<Caller> caller(ServerRequest request) {
    return request
        .headers()
        .first(HeaderNames.AUTHORIZATION)
        .filter(header -> !header.isEmpty())
        .map(authenticator::byHeader)
        .orElseGet(() -> byCookie(request));
  }

  private Optional<Caller> byCookie(ServerRequest request) {
    return cookie(request, COOKIE).flatMap(authenticator::byCookie);
  }

  public static Optional<String> cookie(ServerRequest request, String name) {
    return request.headers().cookies().first(name).asOptional();
  }

  private String inside(String path) {
    return !prefix.isEmpty() && path.startsWith(prefix + "/")
        ? path.substring(prefix.length())
        : path;
  }

  private void challenge(RoutingRequest request, RoutingResponse response) {
    var accepts = request.headers().first(HeaderNames.ACCEPT).orElse("");
    var path = inside(request.path().path());
    if (request.prologue().method().text().equals("GET")
        && accepts.contains("text/html")
        && !API.matcher(path).matches()) {
      response.status(Status.SEE_OTHER_303);
      response.header(
          HeaderNames.LOCATION,
          ForwardedPrefix.of(request)
              + prefix
              + "/login?next="
              + URLEncoder.encode(asked(request), StandardCharsets.UTF_8));
      response.send();
      return;
    }
    response.status(Status.UNAUTHORIZED_401);
    response.header(HeaderNames.WWW_AUTHENTICATE, "Basic realm=\"mlflow\"");
    response.send(
        "You are not authenticated. Please see"
            + " https://www.mlflow.org/docs/latest/auth/index.html#authenticating-to-mlflow"
            + " on how to authenticate.");
  }

  private static String asked(RoutingRequest request) {
    var query = request.query().rawValue();
    var path = ForwardedPrefix.of(request) + request.path().rawPath();
    return path + (query.isEmpty() ? "" : "?" + query);
  }

  static void tooMany(RoutingResponse response, long seconds) {
    response.status(Status.TOO_MANY_REQUESTS_429);
    response.header(HeaderNames.RETRY_AFTER, String.valueOf(seconds));
    response.send("Too many wrong passwords or tokens from your address; wait a little.");
  }
}
