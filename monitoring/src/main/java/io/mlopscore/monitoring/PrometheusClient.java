package io.mlopscore.monitoring;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.OptionalDouble;

/// Asks Prometheus, or what speaks its API such as Google's Cloud Monitoring, for one number
/// (https://prometheus.io/docs/prometheus/latest/querying/api/).
public final class PrometheusClient implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
  private final String base;
  private final String token;

  /// @param base what stands before `/api/v1/query`
  /// @param token sent as bearer token; empty for none
  public PrometheusClient(URI base, String token) {
    this.base = base.toString().replaceFirst("/+$", "");
    this.token = token;
  }

  /// The value of an expression now; empty if it has none, or is no number.
  ///
  /// @throws IOException if it is not answered, or more than one series is
  OptionalDouble value(String expression) throws IOException {
    var result = answer(expression).at("/data/result");
    if (result.size() > 1) {
      throw new IOException("%s has %d series, not one".formatted(expression, result.size()));
    }
    double value = result.isEmpty() ? Double.NaN : result.at("/0/value/1").asDouble(Double.NaN);
    return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
  }

  private JsonNode answer(String expression) throws IOException {
    var uri = base + "/api/v1/query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8);
    var request = HttpRequest.newBuilder(URI.create(uri)).timeout(TIMEOUT);
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    var body = send(request.build());
    try {
      var answer = JSON.readTree(body);
      if (answer.path("status").asText().equals("success")) {
        return answer;
      }
      throw new IOException(base + ": " + answer.path("error").asText(body));
    } catch (JsonProcessingException e) {
      throw new IOException(base + " does not answer as Prometheus does", e);
    }
  }

  private String send(HttpRequest request) throws IOException {
    try {
      var response = client.send(request, BodyHandlers.ofString());
      if (response.statusCode() == 401 || response.statusCode() == 403) {
        throw new IOException(
            base + " answers with status " + response.statusCode() + "; set PROMETHEUS_TOKEN");
      }
      return response.body();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while " + base + " was asked", e);
    } catch (IOException e) {
      var reason = e.getMessage();
      throw new IOException(
          reason != null && reason.startsWith(base)
              ? reason
              : base + " does not answer" + (reason == null ? "" : ": " + reason),
          e);
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
