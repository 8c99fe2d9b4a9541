package io.mlopscore.tracking.http;

import io.helidon.http.DirectHandler;
import io.helidon.http.Status;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.http2.Http2Config;
import io.helidon.webserver.http2.Http2ConnectionSelector;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.util.List;

/// Which protocols are spoken, how large the head of a request may be, and what is answered where
/// nothing of it can be read.
public final class HttpFrame {
  /// Ids and filters of a GET are in its first line; Helidon would end at 4096 bytes.
  private static final int LARGEST_HEAD = 64 << 10;

  private HttpFrame() {}

  /// HTTP/1.1, and HTTP/2 for those who know beforehand that it is spoken: Cloud Run refuses bodies
  /// of more than 32 MiB to servers without it (https://cloud.google.com/run/quotas). Nobody is
  /// offered to change over.
  public static List<ServerConnectionSelector> protocols() {
    return List.of(
        Http1ConnectionSelector.builder().config(first()).build(),
        Http2ConnectionSelector.builder()
            .http2Config(Http2Config.builder().maxHeaderListSize(LARGEST_HEAD).build())
            .build());
  }

  private static Http1Config first() {
    return Http1Config.builder()
        .maxPrologueLength(LARGEST_HEAD)
        .maxHeadersSize(LARGEST_HEAD)
        .build();
  }

  /// A first line that holds control characters is a bad request; Helidon 4.5 takes it for an error
  /// of its own.
  public static DirectHandlers errors() {
    var usual = DirectHandlers.create().handler(DirectHandler.EventType.INTERNAL_ERROR);
    return DirectHandlers.builder()
        .addHandler(
            DirectHandler.EventType.INTERNAL_ERROR,
            (request, type, status, headers, cause) ->
                usual.handle(
                    request,
                    type,
                    request.method().isEmpty() ? Status.BAD_REQUEST_400 : status,
                    headers,
                    cause))
        .build();
  }
}
