package io.mlopscore.serving;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import java.util.List;

/// What every answer tells browsers, errors included.
final class SecurityHeaders {
  static final Header STRICT_TRANSPORT =
      cached("Strict-Transport-Security", "max-age=31536000; includeSubDomains");
  static final Header DATA_ONLY =
      cached("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
  static final List<Header> ALWAYS =
      List.of(
          HeaderValues.X_CONTENT_TYPE_OPTIONS_NOSNIFF,
          cached("X-Frame-Options", "DENY"),
          cached("Referrer-Policy", "strict-origin-when-cross-origin"));
  static final Header NO_STORE = HeaderValues.createCached(HeaderNames.CACHE_CONTROL, "no-store");

  private SecurityHeaders() {}

  private static Header cached(String name, String value) {
    return HeaderValues.createCached(HeaderNames.create(name), value);
  }
}
