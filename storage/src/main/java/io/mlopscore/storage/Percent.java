package io.mlopscore.storage;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/// Percent-encoding of what becomes part of a URL (RFC 3986, 2.1).
final class Percent {
  private Percent() {}

  /// For one part of a path, or a value of a query.
  static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20").replace("*", "%2A");
  }

  /// For a path: what is between the slashes.
  static String encodePath(String path) {
    return encode(path).replace("%2F", "/");
  }
}
