package io.mlopscore.tracking.webhooks;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Supplier;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/// Sends one message over a connection of its own.
///
/// It opens the socket itself, because only so is the address that was checked the one that is
/// connected to: the JDK's clients look a name up again. The certificate is still checked against
/// the name. No redirect is followed, and no proxy is used, which would connect for it.
///
/// @param timeout for connecting, and for each reading
record WebhookConnection(
    WebhookAddresses addresses, Supplier<SSLSocketFactory> tls, Duration timeout, Clock clock) {
  WebhookAnswer post(WebhookRequest request) throws IOException {
    var uri = URI.create(URI.create(request.url()).toASCIIString());
    try (var socket = new Socket(Proxy.NO_PROXY)) {
      socket.connect(
          new InetSocketAddress(addresses.connectable(uri.getHost()), port(uri)), milliseconds());
      socket.setSoTimeout(milliseconds());
      if (!isSecure(uri)) {
        return exchange(socket, uri, request);
      }
      try (var secured = secured(socket, uri)) {
        return exchange(secured, uri, request);
      }
    }
  }

  private int milliseconds() {
    return Math.toIntExact(timeout.toMillis());
  }

  private static boolean isSecure(URI uri) {
    return uri.getScheme().equals("https");
  }

  private static int port(URI uri) {
    if (uri.getPort() >= 0) {
      return uri.getPort();
    }
    return isSecure(uri) ? 443 : 80;
  }

  private SSLSocket secured(Socket socket, URI uri) throws IOException {
    var secured = (SSLSocket) tls.get().createSocket(socket, uri.getHost(), port(uri), true);
    var parameters = secured.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    secured.setSSLParameters(parameters);
    secured.startHandshake();
    return secured;
  }

  private WebhookAnswer exchange(Socket socket, URI uri, WebhookRequest request)
      throws IOException {
    var body = request.body().getBytes(StandardCharsets.UTF_8);
    var out = socket.getOutputStream();
    out.write(head(uri, request, body.length).getBytes(StandardCharsets.US_ASCII));
    out.write(body);
    out.flush();
    return new WebhookAnswerReader(new BufferedInputStream(socket.getInputStream()), clock).read();
  }

  private static String head(URI uri, WebhookRequest request, int length) {
    var path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    var query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    var head = new StringBuilder("POST " + path + query + " HTTP/1.1\r\n");
    head.append("Host: ").append(uri.getHost());
    if (uri.getPort() >= 0) {
      head.append(':').append(uri.getPort());
    }
    head.append("\r\nUser-Agent: mlops\r\nAccept: */*\r\nConnection: close\r\n");
    head.append("Content-Length: ").append(length).append("\r\n");
    request.headers().forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
    return head.append("\r\n").toString();
  }
}
