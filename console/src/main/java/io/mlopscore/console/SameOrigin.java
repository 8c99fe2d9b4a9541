package io.mlopscore.console;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.net.URI;
import java.util.Optional;
import java.util.stream.Stream;

/// Whether a form comes from a page of this server. The API lets pages of other places in, if its
/// settings say so; forms send the cookie of whoever is logged in, so nobody else may.
///
/// Every browser of today says where a POST comes from
/// (https://www.w3.org/TR/fetch-metadata/, https://fetch.spec.whatwg.org/#origin-header).
final class SameOrigin {
  private static final HeaderName SITE = HeaderNames.create("Sec-Fetch-Site");
  private static final HeaderName FORWARDED_HOST = HeaderNames.create("X-Forwarded-Host");

  private SameOrigin() {}

  static boolean holds(ServerRequest request) {
    var site = request.headers().first(SITE);
    if (site.isPresent()) {
      return site.get().equals("same-origin");
    }
    var origin = request.headers().first(HeaderNames.ORIGIN).flatMap(SameOrigin::authority);
    return origin.isPresent()
        && Stream.of(HeaderNames.HOST, FORWARDED_HOST) // no page can have a browser send the latter
            .flatMap(name -> request.headers().first(name).stream())
            .anyMatch(origin.get()::equalsIgnoreCase);
  }

  private static Optional<String> authority(String origin) {
    try {
      return Optional.ofNullable(URI.create(origin).getRawAuthority());
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }
}
