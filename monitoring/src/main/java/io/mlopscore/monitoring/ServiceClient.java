package io.mlopscore.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/// Asks a prediction API, as its callers do.
public final class ServiceClient implements AutoCloseable {
  static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(2);

  private final HttpClient client;
  private final String base;
  private final String key;
  private final Duration timeout;

  /// @param base such as `https://api.example.org`
  /// @param key what callers send as X-API-Key; empty for none
  /// @param timeout of one request
  public ServiceClient(URI base, String key, Duration timeout) {
    this.client = HttpClient.newBuilder().connectTimeout(timeout).build();
    this.base = base.toString().replaceFirst("/+$", "");
    this.key = key;
    this.timeout = timeout;
  }

  /// What came back.
  ///
  /// @param modelVersion the header X-Model-Version; empty if there is none
  /// @param retryAfter seconds that a caller is asked to wait; 0 for none
  record Answer(int status, String body, String modelVersion, Duration took, long retryAfter) {
    /// @throws IOException if it is none
    JsonNode json() throws IOException {
      return JSON.readTree(body);
    }

    /// The beginning of the body, for messages.
    String excerpt() {
      var line = body.replaceAll("\\s+", " ");
      return line.length() > 200 ? line.substring(0, 200) + "..." : line;
    }
  }

  boolean hasKey() {
    return !key.isEmpty();
  }

  String address() {
    return base;
  }

  Answer get(String path) throws IOException {
    return send(request(path, key).GET().build());
  }

  Answer predict(JsonNode row) throws IOException {
    return predict(row, key);
  }

  /// The same, but waits as long as a rate limit asks for, once.
  Answer predictWithin(JsonNode row) throws IOException {
    var answer = predict(row);
    if (answer.status() != 429 || answer.retryAfter() > LONGEST_WAIT.toSeconds()) {
      return answer;
    }
    try {
      Thread.sleep(Duration.ofSeconds(Math.max(1, answer.retryAfter())));
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
    return predict(row);
  }

  /// @param otherKey empty for none
  Answer predict(JsonNode row, String otherKey) throws IOException {
    return send(
        request("/predict", otherKey)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(row.toString()))
            .build());
  }

  private HttpRequest.Builder request(String path, String otherKey) {
    var request = HttpRequest.newBuilder(URI.create(base + path)).timeout(timeout);
    return otherKey.isEmpty() ? request : request.header("X-API-Key", otherKey);
  }

  private Answer send(HttpRequest request) throws IOException {
    try {
      long started = System.nanoTime();
      HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
      var took = Duration.ofNanos(System.nanoTime() - started);
      var version = response.headers().firstValue("X-Model-Version").orElse("");
      long wait = response.headers().firstValueAsLong("Retry-After").orElse(0);
      return new Answer(response.statusCode(), response.body(), version, took, wait);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private IOException interrupted(InterruptedException cause) {
    Thread.currentThread().interrupt();
    return new IOException("interrupted while " + base + " was asked", cause);
  }

  @Override
  public void close() {
    client.close();
  }
}
