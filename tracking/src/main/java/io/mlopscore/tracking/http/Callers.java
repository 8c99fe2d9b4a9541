package io.mlopscore.tracking.http;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.mlopscore.tracking.auth.Caller;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

/// Who makes a request, and from where.
///
/// @param proxies whose `X-Forwarded-For` is believed
public record Callers(TrustedProxies proxies) {
  /// The address of the client: in full for IPv4, the /64 network for IPv6.
  public String address(ServerRequest request) {
    if (!(request.remotePeer().address() instanceof InetSocketAddress peer)) {
      return "";
    }
    InetAddress address = peer.getAddress();
    var forwarded =
        request.headers().contains(HeaderNames.X_FORWARDED_FOR)
            ? request.headers().all(HeaderNames.X_FORWARDED_FOR, List::of)
            : List.<String>of();
    return proxies.client(address, forwarded);
  }

  /// Whether the browser speaks https, here or to a proxy that is believed.
  public boolean isHttps(ServerRequest request) {
    return request.isSecure()
        || (request.remotePeer().address() instanceof InetSocketAddress peer
            && proxies.trusts(peer.getAddress())
            && request
                .headers()
                .first(HeaderNames.X_FORWARDED_PROTO)
                .orElse("")
                .equalsIgnoreCase("https"));
  }

  /// The caller whom [Login] let in.
  static Caller of(ServerRequest request) {
    return request.context().get(Caller.class).orElseThrow(Gate.PermissionDenied::new);
  }
}
