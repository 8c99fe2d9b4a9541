package io.mlopscore.tracking.http;

import io.helidon.common.socket.SocketOptions;
import io.helidon.http.DirectHandler;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http2.Http2Config;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// Which protocols are spoken, how large the head of a request may be, how long one is waited for,
/// and what is answered where nothing of it can be read.
public final class HttpFrame {
  /// Ids and filters of a GET are in its first line; Helidon would end at 4096 bytes.
  private static final int LARGEST_HEAD = 64 << 10;

  private static final String TOO_LATE =
      """
      HTTP/1.1 408 Request Timeout
      Connection: close
      Content-Type: text/plain
      Content-Length: 35

      The request did not arrive in time.\
      """;

  private HttpFrame() {}

  /// A server without address and routes.
  ///
  /// @param patience after how long connections are cut that are silent, or keep the server waiting
  ///     in the middle of a request
  public static WebServerConfig.Builder server(Duration patience) {
    return WebServer.builder()
        .shutdownHook(false)
        .idleConnectionTimeout(patience)
        .idleConnectionPeriod(patience.dividedBy(4))
        // without it, an answer of two packets waits 40 ms for a caller that delays its receipt
        .connectionOptions(SocketOptions.builder().tcpNoDelay(true).build())
        .protocolsDiscoverServices(false)
        .addConnectionSelector(protocol(patience))
        .directHandlers(errors())
        .contentEncoding(CompressedRequests.taken());
  }

  /// HTTP/1.1, and HTTP/2 for those who know beforehand that it is spoken: Cloud Run refuses bodies
  /// of more than 32 MiB to servers without it (https://cloud.google.com/run/quotas). Nobody is
  /// offered to change over.
  private static TimedProtocol protocol(Duration patience) {
    var http1 =
        Http1Config.builder().maxPrologueLength(LARGEST_HEAD).maxHeadersSize(LARGEST_HEAD).build();
    var timeout = TOO_LATE.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII);
    return TimedProtocol.http1(http1, patience, timeout)
        .and(Http2Config.builder().maxHeaderListSize(LARGEST_HEAD).build());
  }

  /// A first line that holds control characters is a bad request; Helidon 4.5 takes it for an error
  /// of its own.
  private static DirectHandlers errors() {
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
        .addHandler(
            DirectHandler.EventType.HTTP_VERSION_NOT_SUPPORTED,
            (request, type, status, headers, _) ->
                usual.handle(
                    request,
                    type,
                    status,
                    headers,
                    "Send HTTP/1.1; a proxy may need to be told (nginx: proxy_http_version 1.1)"))
        .build();
  }
}
