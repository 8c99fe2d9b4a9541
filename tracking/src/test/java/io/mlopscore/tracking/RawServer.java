package io.mlopscore.tracking;

import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.mlopscore.tracking.http.Closing;
import io.mlopscore.tracking.http.HostCheck;
import io.mlopscore.tracking.http.TrackingRoutes;
import io.mlopscore.tracking.http.UnknownRoutes;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.TreeMap;

/// A tracking server that is asked with bytes, as no client of HTTP would.
final class RawServer implements AutoCloseable {
  static final String CALLS = "/api/2.0/mlflow/";
  static final String LOCAL = "Host: localhost:5000";

  private final Tracking tracking;
  private final WebServer server;

  /// @param folder of its database and files
  RawServer(Path folder, HostCheck check) {
    tracking = Tracking.open(Tracking.DEFAULT_URI, folder);
    server =
        FreePort.serve(
            HttpRouting.builder()
                .addFilter(new Closing())
                .addFilter(check)
                .register(new TrackingRoutes(tracking))
                .register(UnknownRoutes.ofMlflow()));
  }

  record Answer(int status, TreeMap<String, String> headers, String body) {
    String header(String name) {
      return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
    }
  }

  Tracking tracking() {
    return tracking;
  }

  /// Sends a request and reads until the server closes, as `Connection: close` asks for.
  Answer ask(String method, String path, String body, String... headers) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.setSoTimeout(10_000);
      var request =
          method + " " + path + " HTTP/1.1\r\nConnection: close\r\n" + String.join("\r\n", headers);
      var length = body.isEmpty() ? "" : "\r\nContent-Length: " + body.length();
      socket
          .getOutputStream()
          .write((request + length + "\r\n\r\n" + body).getBytes(StandardCharsets.US_ASCII));
      return answer(
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8)));
    }
  }

  private static Answer answer(BufferedReader lines) throws IOException {
    var status = Integer.parseInt(lines.readLine().split(" ", 3)[1]);
    var headers = new TreeMap<String, String>();
    for (var line = lines.readLine(); !line.isEmpty(); line = lines.readLine()) {
      var colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    return new Answer(status, headers, String.join("\n", lines.lines().toList()));
  }

  /// As it comes, after which the sender has no more to say.
  int status(String request) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      socket.shutdownOutput();
      return answer(
              new BufferedReader(
                  new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8)))
          .status();
    }
  }

  @Override
  public void close() {
    server.stop();
    tracking.close();
  }
}
