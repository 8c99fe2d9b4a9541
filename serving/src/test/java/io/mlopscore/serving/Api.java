package io.mlopscore.serving;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/// A running server on a free port, and a caller of it.
final class Api implements AutoCloseable {
  static final String KEY = "0123456789abcdef0123456789abcdef";
  static final String OK = row(5.1, 3.5, 1.4, 0.2);

  final PredictionServer server;
  final ByteArrayOutputStream output = new ByteArrayOutputStream();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private Api(ModelSource source, Map<String, String> env) {
    server =
        PredictionServer.start(
            ServingSettings.read(
                Map.of(), env, Map.of("serving", Map.of("title", "API Classification Iris"))),
            source,
            output);
  }

  /// With a key, without limits, and with a model.
  static Api start(String... env) {
    return start(Flowers.withVersion("1"), env);
  }

  static Api start(ModelSource source, String... env) {
    var settings =
        new HashMap<>(Map.of("API_KEY", KEY, "MLOPS_RELOAD_INTERVAL", "1", "MLOPS_API_PORT", "0"));
    for (int i = 0; i < env.length; i += 2) {
      if (env[i + 1].isEmpty()) {
        settings.remove(env[i]);
      } else {
        settings.put(env[i], env[i + 1]);
      }
    }
    return new Api(source, settings);
  }

  static String row(double... values) {
    return "{\"sepal_length\":%s,\"sepal_width\":%s,\"petal_length\":%s,\"petal_width\":%s}"
        .formatted(values[0], values[1], values[2], values[3]);
  }

  HttpResponse<String> get(String path, String... headers) {
    return send("GET", path, "", headers);
  }

  /// With the valid key.
  HttpResponse<String> predict(String body) {
    return post("/predict", body, "X-API-Key", KEY);
  }

  HttpResponse<String> post(String path, String body, String... headers) {
    var all = new String[headers.length + 2];
    System.arraycopy(headers, 0, all, 0, headers.length);
    all[headers.length] = "Content-Type";
    all[headers.length + 1] = "application/json";
    return send("POST", path, body, all);
  }

  HttpResponse<String> send(String method, String path, String body, String... headers) {
    var request =
        HttpRequest.newBuilder(uri(path))
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      return client.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.port() + path);
  }

  /// What was logged, complete only after a stop.
  String log() {
    return output.toString(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    client.close();
    server.close();
  }
}
