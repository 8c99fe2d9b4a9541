package io.mlopscore.serving;

import io.helidon.common.buffers.BufferData;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.time.Duration;
import java.util.Set;

/// HTTP/1.1 on connections that do not wait for ever. It takes all that comes: another version, a
/// first line without end or no HTTP at all gets an answer that says so.
final class TimedProtocol implements ServerConnectionSelector {
  private final Http1ConnectionSelector http;
  private final Duration patience;
  private final long largest;

  /// @param patience how long a request may keep the server waiting
  /// @param maxBody the largest body that is read
  TimedProtocol(Http1Config config, Duration patience, int maxBody) {
    this.http = Http1ConnectionSelector.builder().config(config).build();
    this.patience = patience;
    this.largest = RequestBody.MAX_DISCARDED + 2L * maxBody; // chunks have heads of their own
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
    return http.supportedApplicationProtocols();
  }

  @Override
  public ServerConnection connection(ConnectionContext context) {
    return new TimedConnection(context, http, patience, largest);
  }
}
