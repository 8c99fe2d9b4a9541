package io.mlopscore.tracking.oidc;

import io.helidon.http.HeaderNames;
import io.helidon.http.SetCookie;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.mlopscore.tracking.ErrorCode;
import io.mlopscore.tracking.TrackingException;
import io.mlopscore.tracking.auth.Authenticator;
import io.mlopscore.tracking.auth.Caller;
import java.time.Duration;
import java.util.function.Predicate;

/// Sends browsers to the provider, and takes them back: the authorization code flow with PKCE.
public final class OidcRoutes implements HttpService {
  private static final String COOKIE = "mlops_oidc";

  private final String prefix;
  private final OidcProvider provider;
  private final Authenticator authenticator;
  private final Predicate<ServerRequest> isHttps;
  private final LoggedIn loggedIn;

  /// What happens then.
  @FunctionalInterface
  public interface LoggedIn {
    void begin(ServerRequest request, ServerResponse response, Caller caller, String next);
  }

  /// @param prefix of the paths of the server; empty for none
  /// @param isHttps whether the browser speaks https
  public OidcRoutes(
      String prefix,
      OidcProvider provider,
      Authenticator authenticator,
      Predicate<ServerRequest> isHttps,
      LoggedIn loggedIn) {
    this.prefix = prefix;
    this.provider = provider;
    this.authenticator = authenticator;
    this.isHttps = isHttps;
    this.loggedIn = loggedIn;
  }

  @Override
  public void routing(HttpRules rules) {
    rules.get(
        "/login/oidc", (request, response) -> answered(response, () -> go(request, response)));
    rules.get(
        "/login/oidc/callback",
        (request, response) -> answered(response, () -> back(request, response)));
  }

  private static void answered(ServerResponse response, Runnable work) {
    try {
      work.run();
    } catch (TrackingException e) {
      response.status(Status.create(e.code().httpStatus()));
      response.headers().set(HeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8");
      response.send(String.valueOf(e.getMessage()));
    }
  }

  private void go(ServerRequest request, ServerResponse response) {
    var login = PendingLogin.begin(query(request, "next", prefix + "/"), prefix + "/");
    var place = provider.place(login, redirect(request));
    // the browser that comes back must be the one that went
    response
        .headers()
        .add(HeaderNames.SET_COOKIE, cookie(request, login.cookie(), Duration.ofMinutes(10)));
    response.headers().set(HeaderNames.CACHE_CONTROL, "no-store");
    response.headers().set(HeaderNames.LOCATION, place);
    response.status(Status.SEE_OTHER_303);
    response.send();
  }

  private String redirect(ServerRequest request) {
    return base(request) + prefix + "/login/oidc/callback";
  }

  private String base(ServerRequest request) {
    var configured = provider.settings().publicUrl();
    return configured.isEmpty()
        ? (isHttps.test(request) ? "https://" : "http://")
            + request.headers().first(HeaderNames.HOST).orElse("localhost")
        : configured;
  }

  private void back(ServerRequest request, ServerResponse response) {
    var kept = request.headers().cookies().first(COOKIE).orElse("");
    var login =
        PendingLogin.of(kept, query(request, "state", ""))
            .orElseThrow(() -> refused("This login was not begun by this browser. Log in again."));
    if (request.query().contains("error")) {
      throw refused("The provider refused. Log in again.");
    }
    var identity = provider.finish(login, redirect(request), query(request, "code", ""));
    response.headers().add(HeaderNames.SET_COOKIE, cookie(request, "", Duration.ZERO));
    loggedIn.begin(request, response, authenticator.byIdentity(identity), login.next());
  }

  private static TrackingException refused(String why) {
    return new TrackingException(ErrorCode.PERMISSION_DENIED, why);
  }

  private static String query(ServerRequest request, String name, String otherwise) {
    return request.query().first(name).orElse(otherwise);
  }

  private String cookie(ServerRequest request, String value, Duration age) {
    return SetCookie.builder(COOKIE, value)
        .path(prefix + "/login/oidc")
        .httpOnly(true)
        .sameSite(SetCookie.SameSite.LAX)
        .secure(isHttps.test(request))
        .maxAge(age)
        .build()
        .text();
  }
}
