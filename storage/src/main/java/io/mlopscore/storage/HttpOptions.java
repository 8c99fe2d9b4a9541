package io.mlopscore.storage;

import java.time.Duration;
import java.util.Map;

/// How to reach files of a web server.
///
/// @param method by which an object is sent: `POST` or `PUT`
/// @param headers sent with each request, such as `Authorization`
/// @param connect until a connection stands
/// @param read until an answer begins, and between its bytes
public record HttpOptions(
    String method, Map<String, String> headers, Tls tls, Duration connect, Duration read)
    implements StoreOptions {
  public static final HttpOptions NONE =
      new HttpOptions(
          "POST", Map.of(), Tls.trusted(), Duration.ofSeconds(60), Duration.ofSeconds(60));

  public HttpOptions {
    headers = Map.copyOf(headers);
  }

  /// Credentials do not belong into messages.
  @Override
  public String toString() {
    return "HttpOptions[" + method + "]";
  }
}
