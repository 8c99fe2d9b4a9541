package io.mlopscore.storage;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;

/// A server that keeps the objects of one bucket in memory, for the few calls that a store makes.
abstract class HttpFake implements AutoCloseable {
  final ConcurrentSkipListMap<String, byte[]> objects = new ConcurrentSkipListMap<>();
  private final Map<String, Instant> times = new ConcurrentHashMap<>();
  private final HttpServer server;

  HttpFake() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::handle);
    server.start();
  }

  void keep(String key, byte[] bytes) {
    times.put(key, Instant.now());
    objects.put(key, bytes);
  }

  /// When an object came, to the second, as clouds have it.
  Instant time(String key) {
    return times.getOrDefault(key, Instant.EPOCH).truncatedTo(ChronoUnit.SECONDS);
  }

  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      answer(exchange, query(exchange.getRequestURI()));
    } catch (RuntimeException e) {
      send(exchange, 500, String.valueOf(e));
    }
  }

  abstract void answer(HttpExchange exchange, Map<String, String> query) throws IOException;

  private static Map<String, String> query(URI uri) {
    var fields = new HashMap<String, String>();
    var query = uri.getRawQuery();
    for (var pair : query == null ? new String[0] : query.split("&", -1)) {
      var parts = pair.split("=", 2);
      fields.put(decode(parts[0]), parts.length > 1 ? decode(parts[1]) : "");
    }
    return fields;
  }

  static String decode(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  void sendObject(HttpExchange exchange, String key) throws IOException {
    sendObject(exchange, key, "Range");
  }

  /// @param header that may ask for a part
  void sendObject(HttpExchange exchange, String key, String header) throws IOException {
    var object = objects.get(key);
    if (object == null) {
      send(exchange, 404, "<Error><Code>NoSuchKey</Code></Error>");
      return;
    }
    sendBytes(exchange, object, header);
  }

  static void sendBytes(HttpExchange exchange, byte[] object, String header) throws IOException {
    var range = exchange.getRequestHeaders().getFirst(header);
    if (range == null) {
      send(exchange, 200, object);
      return;
    }
    var ends = range.substring("bytes=".length()).split("-", -1);
    var from = Integer.parseInt(ends[0]);
    var to =
        ends[1].isEmpty()
            ? object.length
            : Math.min(object.length, (int) Long.parseLong(ends[1]) + 1);
    send(exchange, 206, Arrays.copyOfRange(object, from, to));
  }

  static void send(HttpExchange exchange, int status, String text) throws IOException {
    send(exchange, status, text.getBytes(StandardCharsets.UTF_8));
  }

  static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.getRequestBody().readAllBytes();
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.getResponseHeaders().set("Content-Length", String.valueOf(body.length));
      exchange.sendResponseHeaders(status, -1);
      return;
    }
    var length = status == 204 || body.length == 0 ? -1 : body.length;
    exchange.sendResponseHeaders(status, length);
    if (length > 0) {
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
