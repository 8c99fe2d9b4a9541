package io.mlopscore.tracking.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.util.Set;
import java.util.regex.Pattern;

/// Keeps web pages of other sites from talking to this server through somebody's browser: the Host
/// must be a local one (DNS rebinding), and a page of another origin may not change anything. The
/// rules of MLflow since 3.5, but private networks are addresses here, not names that begin like
/// one, such as `10.example.com` (https://mlflow.org/docs/latest/self-hosting/security/network/).
public final class HostCheck implements Filter {
  private static final Pattern LOCAL =
      Pattern.compile(
          "(localhost|127\\.0\\.0\\.1|\\[::1]|0\\.0\\.0\\.0|192\\.168(\\.\\d+){2}"
              + "|10(\\.\\d+){3}|172\\.(1[6-9]|2\\d|3[01])(\\.\\d+){2}|\\[f[cd]00:[0-9a-f:]*])"
              + "(:\\d+)?");
  private static final Pattern LOCAL_ORIGIN =
      Pattern.compile("https?://(localhost|127\\.0\\.0\\.1|\\[::1])(:\\d+)?");
  private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

  @Override
  public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
    response.header(HeaderNames.create("X-Content-Type-Options"), "nosniff");
    response.header(HeaderNames.create("X-Frame-Options"), "SAMEORIGIN");
    var path = request.path().path();
    var host = request.headers().first(HeaderNames.HOST).orElse("");
    if (!path.equals("/health") && !path.equals("/version") && !LOCAL.matcher(host).matches()) {
      refuse(response, "Invalid Host header - possible DNS rebinding attack detected");
    } else if (isForeign(request)) {
      refuse(response, "Cross-origin request blocked");
    } else {
      chain.proceed();
    }
  }

  private static boolean isForeign(RoutingRequest request) {
    var origin = request.headers().first(HeaderNames.ORIGIN).orElse("");
    return !origin.isEmpty()
        && !READING.contains(request.prologue().method().text())
        && !LOCAL_ORIGIN.matcher(origin).matches();
  }

  private static void refuse(RoutingResponse response, String message) {
    response.status(Status.FORBIDDEN_403);
    response.send(message);
  }
}
