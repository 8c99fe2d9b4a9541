package io.mlopscore.tracking.http;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.http2.Http2Config;
import io.helidon.webserver.http2.Http2ConnectionSelector;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// HTTP/1.1 on connections that do not wait for ever, and HTTP/2 for those who know beforehand that
/// it is spoken. It takes all that comes: another version, a first line without end or no HTTP at
/// all gets an answer that says so.
///
/// Make it the only protocol of a server: where there are several, Helidon 4.5 waits without end
/// for the first bytes that tell which one it is.
public final class TimedProtocol implements ServerConnectionSelector {
  /// What HTTP/2 begins with (https://www.rfc-editor.org/rfc/rfc9113#section-3.4).
  private static final byte[] PREFACE =
      "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private final Http1ConnectionSelector first;
  private final @Nullable Http2ConnectionSelector second;
  private final Duration patience;
  private final byte[] timeout;

  private TimedProtocol(
      Http1ConnectionSelector first,
      @Nullable Http2ConnectionSelector second,
      Duration patience,
      byte[] timeout) {
    this.first = first;
    this.second = second;
    this.patience = patience;
    this.timeout = timeout;
  }

  /// HTTP/1.1 alone.
  ///
  /// @param patience how long a request may keep the server waiting, see [TimedConnection]; the
  ///     server's own idle timeout must be the same
  /// @param timeout the whole answer to a request that did not come to its end
  public static TimedProtocol http1(Http1Config config, Duration patience, byte[] timeout) {
    var first = Http1ConnectionSelector.builder().config(config).build();
    return new TimedProtocol(first, null, patience, timeout.clone());
  }

  /// HTTP/2 beside it. Proxies speak it, which time their own callers: of its connections only
  /// those end by themselves that have no request.
  public TimedProtocol and(Http2Config config) {
    var http2 = Http2ConnectionSelector.builder().http2Config(config).build();
    return new TimedProtocol(first, http2, patience, timeout);
  }

  /// Waits for the first bytes, and leaves them where they are.
  ///
  /// @param timed the same connection for HTTP/1.1
  /// @throws CloseConnectionException if the caller has gone
  ServerConnection connect(ConnectionContext context, ConnectionContext timed) {
    try {
      return second != null && context.dataReader().startsWith(PREFACE)
          ? second.connection(context)
          : first.connection(timed);
    } catch (DataReader.InsufficientDataAvailableException e) {
      throw new CloseConnectionException("the caller has gone", e);
    }
  }

  @Override
  public int bytesToIdentifyConnection() {
    return 0;
  }

  @Override
  public Support supports(BufferData data) {
    return Support.SUPPORTED;
  }

  @Override
  public Set<String> supportedApplicationProtocols() {
    return first.supportedApplicationProtocols();
  }

  @Override
  public ServerConnection connection(ConnectionContext context) {
    return new TimedConnection(context, this, new Waiting(patience), timeout);
  }
}
