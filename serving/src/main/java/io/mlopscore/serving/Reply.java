package io.mlopscore.serving;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// An answer, before the headers that all answers share.
///
/// @param error one word for logs and metrics; empty if the request succeeded
/// @param closes whether the connection must end after it
@SuppressWarnings("ArrayRecordComponent") // written once, never compared
record Reply(
    Status status,
    Header contentType,
    byte[] body,
    List<Header> headers,
    String error,
    boolean closes) {
  private static final Header TEXT =
      HeaderValues.createCached(HeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8");

  static Reply json(byte[] body) {
    return new Reply(Status.OK_200, HeaderValues.CONTENT_TYPE_JSON, body, List.of(), "", false);
  }

  static Reply text(String body) {
    return of(TEXT, body.getBytes(StandardCharsets.UTF_8));
  }

  static Reply of(Header contentType, byte[] body) {
    return new Reply(Status.OK_200, contentType, body, List.of(), "", false);
  }

  /// `{"detail": ...}`.
  static Reply problem(Status status, String error, String detail) {
    return problem(status, error, Json.object(out -> out.writeStringField("detail", detail)));
  }

  static Reply problem(Status status, String error, byte[] body) {
    return new Reply(status, HeaderValues.CONTENT_TYPE_JSON, body, List.of(), error, false);
  }

  Reply with(List<Header> more) {
    return new Reply(status, contentType, body, more, error, closes);
  }

  Reply closing() {
    return new Reply(status, contentType, body, headers, error, true);
  }
}
