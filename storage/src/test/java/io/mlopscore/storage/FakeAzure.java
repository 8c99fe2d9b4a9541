package io.mlopscore.storage;

import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.NullUnmarked;

/// The part of Azure Blob Storage that [AzureObjectStore] speaks: one container, whose pages hold
/// two entries each. It looks whether requests are signed, not by which key: `interop/` has the
/// real one's rules.
@NullUnmarked
final class FakeAzure extends HttpFake {
  private static final int PAGE = 2;
  private static final Pattern LATEST = Pattern.compile("<Latest>(.*?)</Latest>");

  /// Those that no list has named yet, by key and id.
  final Map<String, byte[]> blocks = new ConcurrentHashMap<>();

  @Override
  void answer(HttpExchange exchange, Map<String, String> query) throws IOException {
    var login = exchange.getRequestHeaders().getFirst("Authorization");
    if (login == null || !login.startsWith("SharedKey account:")) {
      send(exchange, 403, "who are you?");
      return;
    }
    var parts = exchange.getRequestURI().getRawPath().split("/", 3);
    if (parts.length == 2) {
      send(exchange, 200, listing(query));
      return;
    }
    var key = decode(parts[2]);
    switch (exchange.getRequestMethod()) {
      case "PUT" -> put(exchange, query, key);
      case "DELETE" -> send(exchange, objects.remove(key) == null ? 404 : 202, "");
      default -> {
        exchange.getResponseHeaders().set("ETag", "\"" + time(key).toEpochMilli() + "\"");
        sendObject(exchange, key, "x-ms-range");
      }
    }
  }

  private void put(HttpExchange exchange, Map<String, String> query, String key)
      throws IOException {
    var body = exchange.getRequestBody().readAllBytes();
    switch (query.getOrDefault("comp", "")) {
      case "block" -> blocks.put(key + "#" + query.get("blockid"), body);
      case "blocklist" -> keep(key, joined(key, new String(body, StandardCharsets.UTF_8)));
      default -> keep(key, body);
    }
    send(exchange, 201, "");
  }

  private byte[] joined(String key, String list) {
    var bytes = new ByteArrayOutputStream();
    LATEST
        .matcher(list)
        .results()
        .forEach(found -> bytes.writeBytes(blocks.remove(key + "#" + found.group(1))));
    return bytes.toByteArray();
  }

  private String listing(Map<String, String> query) {
    var prefix = query.get("prefix");
    var marker = query.getOrDefault("marker", "");
    var names =
        objects.keySet().stream()
            .filter(key -> key.startsWith(prefix))
            .map(key -> query.containsKey("delimiter") ? cut(key, prefix.length()) : key)
            .distinct()
            .filter(name -> name.compareTo(marker) > 0)
            .toList();
    var page = names.subList(0, Math.min(PAGE, names.size()));
    var next = names.size() > PAGE ? page.getLast() : "";
    return "\ufeff<?xml version=\"1.0\" encoding=\"utf-8\"?><EnumerationResults><Blobs>%s</Blobs><NextMarker>%s</NextMarker></EnumerationResults>"
        .formatted(entries(page), escaped(next));
  }

  private static String cut(String key, int from) {
    int slash = key.indexOf('/', from);
    return slash < 0 ? key : key.substring(0, slash + 1);
  }

  private String entries(List<String> names) {
    var xml = new StringBuilder();
    for (var name : names) {
      xml.append(
          name.endsWith("/")
              ? "<BlobPrefix><Name>%s</Name></BlobPrefix>".formatted(escaped(name))
              : "<Blob><Name>%s</Name><Properties><Last-Modified>%s</Last-Modified><Content-Length>%d</Content-Length></Properties></Blob>"
                  .formatted(escaped(name), rfc1123(name), objects.get(name).length));
    }
    return xml.toString();
  }

  private String rfc1123(String key) {
    return DateTimeFormatter.RFC_1123_DATE_TIME.format(time(key).atOffset(ZoneOffset.UTC));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;");
  }
}
