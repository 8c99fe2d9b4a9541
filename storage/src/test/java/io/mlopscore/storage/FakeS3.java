package io.mlopscore.storage;

import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.NullUnmarked;

/// The part of S3's protocol that [S3ObjectStore] speaks. A page of a listing is short, so that
/// every listing has several. It keeps versions once it is told to.
@NullUnmarked
final class FakeS3 extends HttpFake {
  private static final int PAGE = 2;

  final Map<String, TreeMap<Integer, byte[]>> uploads = new ConcurrentHashMap<>();

  /// What was put, by `key?id`.
  final Map<String, byte[]> versions = new ConcurrentHashMap<>();

  /// The id of the latest version, by key.
  private final Map<String, String> latest = new ConcurrentHashMap<>();

  volatile boolean keepsVersions;

  @Override
  void answer(HttpExchange exchange, Map<String, String> query) throws IOException {
    var path = exchange.getRequestURI().getRawPath().split("/", 3);
    var key = path.length > 2 ? decode(path[2]) : "";
    switch (exchange.getRequestMethod()) {
      case "HEAD", "GET" -> {
        if (query.containsKey("versioning")) {
          send(exchange, 200, versioning());
        } else if (key.isEmpty()) {
          send(exchange, 200, listing(query));
        } else if (query.containsKey("versionId")) {
          sendVersion(exchange, key, query.get("versionId"));
        } else {
          tell(exchange, key);
          sendObject(exchange, key);
        }
      }
      case "PUT" -> {
        put(key, query, body(exchange));
        exchange.getResponseHeaders().set("ETag", "\"etag\"");
        tell(exchange, key);
        send(exchange, 200, "");
      }
      case "POST" -> {
        var text = query.containsKey("uploads") ? begin() : end(key, query);
        tell(exchange, key);
        send(exchange, 200, text);
      }
      default -> {
        if (query.containsKey("uploadId")) {
          uploads.remove(query.get("uploadId"));
        } else {
          objects.remove(key);
        }
        send(exchange, 204, "");
      }
    }
  }

  private String versioning() {
    var status = keepsVersions ? "<Status>Enabled</Status>" : "";
    return "<VersioningConfiguration>" + status + "</VersioningConfiguration>";
  }

  /// Of a version that is no id here, S3 says 400; of one that is gone, 404.
  private void sendVersion(HttpExchange exchange, String key, String id) throws IOException {
    var content = versions.get(key + "?" + id);
    if (content == null) {
      send(exchange, id.equals("malformed") ? 400 : 404, "<Error><Code>None</Code></Error>");
      return;
    }
    sendBytes(exchange, content, "Range");
  }

  private void tell(HttpExchange exchange, String key) {
    var id = latest.get(key);
    if (id != null) {
      exchange.getResponseHeaders().set("x-amz-version-id", id);
    }
  }

  @Override
  void keep(String key, byte[] bytes) {
    super.keep(key, bytes);
    if (keepsVersions) {
      var id = UUID.randomUUID().toString();
      versions.put(key + "?" + id, bytes);
      latest.put(key, id);
    }
  }

  private void put(String key, Map<String, String> query, byte[] body) {
    if (query.containsKey("uploadId")) {
      var parts = uploads.get(query.get("uploadId"));
      synchronized (parts) {
        parts.put(Integer.parseInt(query.get("partNumber")), body);
      }
    } else {
      keep(key, body);
    }
  }

  private String begin() {
    var id = UUID.randomUUID().toString();
    uploads.put(id, new TreeMap<>());
    return "<InitiateMultipartUploadResult><UploadId>"
        + id
        + "</UploadId></InitiateMultipartUploadResult>";
  }

  private String end(String key, Map<String, String> query) {
    var whole = new ByteArrayOutputStream();
    uploads.remove(query.get("uploadId")).values().forEach(whole::writeBytes);
    keep(key, whole.toByteArray());
    return "<CompleteMultipartUploadResult><ETag>e</ETag></CompleteMultipartUploadResult>";
  }

  private String listing(Map<String, String> query) {
    var prefix = query.getOrDefault("prefix", "");
    var delimiter = query.getOrDefault("delimiter", "");
    var answer = new StringBuilder("<ListBucketResult>");
    var folders = new TreeSet<String>();
    var count = 0;
    var last = query.getOrDefault("continuation-token", "");
    for (var object : objects.tailMap(last, false).entrySet()) {
      var key = object.getKey();
      if (!key.startsWith(prefix) || key.compareTo(last) <= 0) {
        continue;
      }
      if (count++ == PAGE) {
        answer.append("<IsTruncated>true</IsTruncated><NextContinuationToken>");
        answer.append(last).append("</NextContinuationToken>");
        break;
      }
      last = key;
      var slash = delimiter.isEmpty() ? -1 : key.indexOf(delimiter, prefix.length());
      if (slash < 0) {
        answer.append("<Contents><Key>").append(key).append("</Key><Size>");
        answer.append(object.getValue().length).append("</Size><LastModified>");
        answer.append(time(key)).append("</LastModified></Contents>");
      } else if (folders.add(key.substring(0, slash + 1))) {
        answer.append("<CommonPrefixes><Prefix>").append(key, 0, slash + 1);
        answer.append("</Prefix></CommonPrefixes>");
        last = objects.floorKey(key.substring(0, slash + 1) + Character.MAX_VALUE);
      }
    }
    return answer.append("</ListBucketResult>").toString();
  }

  /// Over plain HTTP the client signs chunk by chunk: `length;signature`, bytes, and again.
  private static byte[] body(HttpExchange exchange) throws IOException {
    var body = exchange.getRequestBody().readAllBytes();
    var digest = exchange.getRequestHeaders().getFirst("x-amz-content-sha256");
    if (digest == null || !digest.startsWith("STREAMING-")) {
      return body;
    }
    var whole = new ByteArrayOutputStream();
    for (var at = 0; ; ) {
      var end = at;
      while (body[end] != '\r') {
        end++;
      }
      var line = new String(body, at, end - at, StandardCharsets.US_ASCII);
      var length = Integer.parseInt(line.split(";", 2)[0], 16);
      if (length == 0) {
        return whole.toByteArray();
      }
      whole.write(body, end + 2, length);
      at = end + 2 + length + 2;
    }
  }
}
