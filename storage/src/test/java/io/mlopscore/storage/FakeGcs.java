package io.mlopscore.storage;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.NullUnmarked;

/// The part of Cloud Storage's JSON API that [GcsObjectStore] speaks. It fails every fifth request
/// as busy, and keeps only a part of the first piece of each upload.
@NullUnmarked
final class FakeGcs extends HttpFake {
  private static final int PAGE = 2;
  private static final int KEPT = 1 << 20;

  final Map<String, ByteArrayOutputStream> sessions = new ConcurrentHashMap<>();
  private final ObjectMapper json = new ObjectMapper();
  private int requests;

  @Override
  void answer(HttpExchange exchange, Map<String, String> query) throws IOException {
    if (isBusy()) {
      send(exchange, 503, "busy");
      return;
    }
    var path = exchange.getRequestURI().getRawPath();
    if (path.startsWith("/upload/")) {
      upload(exchange, query);
    } else if (path.endsWith("/o")) {
      send(exchange, 200, listing(query));
    } else {
      object(exchange, query, decode(path.substring(path.lastIndexOf('/') + 1)));
    }
  }

  private synchronized boolean isBusy() {
    return ++requests % 5 == 0;
  }

  private void object(HttpExchange exchange, Map<String, String> query, String key)
      throws IOException {
    if (exchange.getRequestMethod().equals("DELETE")) {
      send(exchange, objects.remove(key) == null ? 404 : 204, "");
    } else if (query.containsKey("alt") || !objects.containsKey(key)) {
      sendObject(exchange, key);
    } else {
      send(exchange, 200, "{\"size\": \"" + objects.get(key).length + "\"}");
    }
  }

  private void upload(HttpExchange exchange, Map<String, String> query) throws IOException {
    var body = exchange.getRequestBody().readAllBytes();
    if (query.get("uploadType").equals("media")) {
      keep(query.get("name"), body);
      send(exchange, 200, "{}");
    } else if (exchange.getRequestMethod().equals("POST")) {
      var id = UUID.randomUUID().toString();
      sessions.put(id, new ByteArrayOutputStream());
      var uri = exchange.getRequestURI() + "&upload_id=" + id;
      exchange.getResponseHeaders().set("Location", address() + uri);
      send(exchange, 200, "");
    } else if (exchange.getRequestMethod().equals("DELETE")) {
      sessions.remove(query.get("upload_id"));
      send(exchange, 499, "");
    } else {
      piece(exchange, query, body);
    }
  }

  private void piece(HttpExchange exchange, Map<String, String> query, byte[] body)
      throws IOException {
    var session = sessions.get(query.get("upload_id"));
    var range = exchange.getRequestHeaders().getFirst("Content-Range").substring(6).split("/", 2);
    if (!range[0].equals("*") && Long.parseLong(range[0].split("-", 2)[0]) != session.size()) {
      send(exchange, 400, "a piece is missing before " + range[0]);
      return;
    }
    session.writeBytes(session.size() == 0 ? Arrays.copyOf(body, KEPT) : body);
    if (range[1].equals(String.valueOf(session.size()))) {
      keep(query.get("name"), session.toByteArray());
      sessions.remove(query.get("upload_id"));
      send(exchange, 200, "{}");
      return;
    }
    exchange.getResponseHeaders().set("Range", "bytes=0-" + (session.size() - 1));
    send(exchange, 308, "");
  }

  private String listing(Map<String, String> query) {
    var prefix = query.getOrDefault("prefix", "");
    var answer = json.createObjectNode();
    var items = answer.putArray("items");
    var folders = answer.putArray("prefixes");
    var last = query.getOrDefault("pageToken", "");
    var count = 0;
    for (var object : objects.tailMap(last, false).entrySet()) {
      var key = object.getKey();
      if (!key.startsWith(prefix) || key.compareTo(last) <= 0) {
        continue;
      }
      if (count++ == PAGE) {
        answer.put("nextPageToken", last);
        break;
      }
      last = key;
      var slash = query.containsKey("delimiter") ? key.indexOf('/', prefix.length()) : -1;
      if (slash < 0) {
        items
            .addObject()
            .put("name", key)
            .put("size", "" + object.getValue().length)
            .put("updated", time(key).toString());
      } else {
        folders.add(key.substring(0, slash + 1));
        last = objects.floorKey(key.substring(0, slash + 1) + Character.MAX_VALUE);
        count++;
      }
    }
    return answer.toString();
  }
}
