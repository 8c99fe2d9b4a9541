package io.mlopscore.serving;

import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Headers;
import io.helidon.http.Status;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Which web pages of other origins may call the API.
///
/// @param origins exact origins such as `https://a.example`, or `*` for all
public record Cors(List<String> origins) {
  private static final HeaderName REQUESTED_METHOD = HeaderNames.ACCESS_CONTROL_REQUEST_METHOD;
  private static final HeaderName REQUESTED_HEADERS = HeaderNames.ACCESS_CONTROL_REQUEST_HEADERS;
  private static final Header METHODS =
      HeaderValues.createCached(HeaderNames.ACCESS_CONTROL_ALLOW_METHODS, "GET, POST");
  private static final Header MAX_AGE =
      HeaderValues.createCached(HeaderNames.ACCESS_CONTROL_MAX_AGE, "600");
  private static final Header ANY =
      HeaderValues.createCached(HeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, "*");
  private static final Header VARY = HeaderValues.createCached(HeaderNames.VARY, "Origin");

  public Cors {
    origins = List.copyOf(origins);
  }

  /// @param list origins separated by commas
  static Cors parse(String list) {
    return new Cors(
        Arrays.stream(list.split(",", -1)).map(String::strip).filter(o -> !o.isEmpty()).toList());
  }

  boolean allowsAll() {
    return origins.contains("*");
  }

  boolean isPreflight(Headers request) {
    return request.contains(HeaderNames.ORIGIN) && request.contains(REQUESTED_METHOD);
  }

  /// What a browser asks before the real request.
  Reply preflight(Headers request) {
    if (!allows(request.get(HeaderNames.ORIGIN).get())) {
      return refusal("origin");
    }
    var method = request.get(REQUESTED_METHOD).get();
    if (!method.equals("GET") && !method.equals("POST")) {
      return refusal("method");
    }
    var headers = new ArrayList<>(List.of(METHODS, MAX_AGE));
    if (request.contains(REQUESTED_HEADERS)) {
      headers.add(
          HeaderValues.create(
              HeaderNames.ACCESS_CONTROL_ALLOW_HEADERS, request.get(REQUESTED_HEADERS).get()));
    }
    return Reply.text("OK").with(headers);
  }

  private static Reply refusal(String what) {
    return new Reply(
        Status.BAD_REQUEST_400,
        HeaderValues.CONTENT_TYPE_TEXT_PLAIN,
        ("Disallowed CORS " + what).getBytes(StandardCharsets.UTF_8),
        List.of(),
        "cors",
        false);
  }

  /// The headers that let the calling page read an answer; none if it may not, or is no page.
  List<Header> headers(Headers request) {
    if (!request.contains(HeaderNames.ORIGIN)) {
      return List.of();
    }
    if (allowsAll()) {
      return List.of(ANY);
    }
    var origin = request.get(HeaderNames.ORIGIN).get();
    return allows(origin)
        ? List.of(HeaderValues.create(HeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, origin), VARY)
        : List.of(VARY);
  }

  private boolean allows(String origin) {
    return allowsAll() || origins.contains(origin);
  }
}
