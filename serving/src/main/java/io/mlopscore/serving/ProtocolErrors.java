package io.mlopscore.serving;

import io.helidon.http.DirectHandler;
import io.helidon.http.Header;
import io.helidon.http.HeaderValues;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.http.DirectHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Answers what is not proper HTTP, in the form of all other answers.
final class ProtocolErrors {
  private static final Status HEAD_TOO_LARGE =
      Status.create(431, "Request Header Fields Too Large");
  private static final List<Header> HEADERS = headers();

  private ProtocolErrors() {}

  /// For a server that is told to include its reasons.
  static DirectHandlers handlers() {
    var handlers = DirectHandlers.builder();
    for (var type : DirectHandler.EventType.values()) {
      handlers.addHandler(
          type,
          (_, _, status, headers, reason) -> {
            var exact = status(status, reason);
            return answer(exact, detail(exact), headers);
          });
    }
    return handlers.build();
  }

  /// Helidon 4.5 has one status for several reasons.
  private static Status status(Status status, @Nullable String reason) {
    return switch (reason) {
      case "Header size exceeded" -> HEAD_TOO_LARGE;
      case "Content-Encoding header present when content encoding is disabled",
          "Unsupported content encoding" ->
          Status.UNSUPPORTED_MEDIA_TYPE_415;
      case null, default -> status;
    };
  }

  private static String detail(Status status) {
    return switch (status.code()) {
      case 415 -> "Send the body as it is, without Content-Encoding";
      case 505 -> "Send HTTP/1.1; a proxy may need to be told (nginx: proxy_http_version 1.1)";
      default -> status.reasonPhrase();
    };
  }

  private static DirectHandler.TransportResponse answer(
      Status status, String detail, ServerResponseHeaders headers) {
    HEADERS.forEach(headers::set);
    return DirectHandler.TransportResponse.builder()
        .status(status)
        .headers(headers)
        .entity(body(detail))
        .keepAlive(false)
        .build();
  }

  /// The whole answer to a request that did not come to its end, as it is sent.
  static byte[] timeout() {
    var body = body("The request did not arrive in time");
    var answer = new StringBuilder("HTTP/1.1 408 Request Timeout\r\nConnection: close\r\n");
    for (var header : HEADERS) {
      answer.append(header.name()).append(": ").append(header.get()).append("\r\n");
    }
    answer.append("Content-Length: ").append(body.length()).append("\r\n\r\n").append(body);
    return answer.toString().getBytes(StandardCharsets.US_ASCII);
  }

  private static String body(String detail) {
    var body = Json.object(out -> out.writeStringField("detail", detail));
    return new String(body, StandardCharsets.UTF_8);
  }

  private static List<Header> headers() {
    var headers = new ArrayList<>(SecurityHeaders.ALWAYS);
    headers.add(HeaderValues.CONTENT_TYPE_JSON);
    headers.add(SecurityHeaders.DATA_ONLY);
    headers.add(SecurityHeaders.NO_STORE);
    return List.copyOf(headers);
  }
}
