package io.mlopscore.tracking.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlopscore.tracking.ErrorCode;
import io.mlopscore.tracking.Secret;
import io.mlopscore.tracking.TrackingException;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import java.util.regex.Pattern;

/// Speaks to a tracking server: ours, or MLflow's.
///
/// `MLFLOW_TRACKING_TOKEN`, or `MLFLOW_TRACKING_USERNAME` and `MLFLOW_TRACKING_PASSWORD`, say who
/// calls, as for MLflow's own client. Token and password may be in files, which are read for each
/// request: `MLFLOW_TRACKING_TOKEN_FILE`, `MLFLOW_TRACKING_PASSWORD_FILE`.
public final class RestClient implements ApiClient, AutoCloseable {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

  /// How long a server may take to answer if nothing else is said, as with MLflow's client.
  public static final Duration TIMEOUT = Duration.ofMinutes(2);

  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final Duration LAST_PAUSE = Duration.ofSeconds(2);

  /// However long a server says that it will be busy.
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

  private static final Set<Integer> PASSING = Set.of(408, 429, 502, 503, 504);

  /// Nothing was done.
  private static final Set<Integer> REFUSED = Set.of(429, 503);

  /// Waits between two tries.
  interface Sleep {
    void of(Duration pause) throws InterruptedException;
  }

  private static final String API = "/api/2.0/mlflow/";

  /// What SQLAlchemy says around what went wrong, which MLflow passes on.
  private static final Pattern SQL =
      Pattern.compile(
          "(?s)^\\(raised as a result of [^\n]*\n|(?<=\\.) Error: \\(.*|\n+\\[SQL: .*"
              + "|\n+\\(Background on this error at: .*");

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT_TIMEOUT)
          .build();
  private final ObjectMapper json = new ObjectMapper();
  private final String server;
  private final String user;
  private final Optional<Secret> password;
  private final Optional<Secret> token;
  private final Duration timeout;
  private final Sleep sleep;

  /// @param server such as `http://127.0.0.1:5000`
  /// @param environment where credentials may be
  public RestClient(String server, Map<String, String> environment) {
    this(server, environment, TIMEOUT);
  }

  /// @param timeout how long the server may take to begin an answer
  public RestClient(String server, Map<String, String> environment, Duration timeout) {
    this(server, environment, timeout, Thread::sleep);
  }

  RestClient(String server, Map<String, String> environment, Duration timeout, Sleep sleep) {
    this.timeout = timeout;
    this.sleep = sleep;
    this.server = server.endsWith("/") ? server.substring(0, server.length() - 1) : server;
    this.user = environment.getOrDefault("MLFLOW_TRACKING_USERNAME", "");
    this.password = Secret.find("MLFLOW_TRACKING_PASSWORD", environment);
    this.token = Secret.find("MLFLOW_TRACKING_TOKEN", environment);
  }

  private Optional<String> authorization() {
    if (!user.isEmpty()) {
      var pair = user + ":" + password.map(Secret::text).orElse("");
      return Optional.of(
          "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
    }
    return token.map(secret -> "Bearer " + secret.text());
  }

  @Override
  public JsonNode get(String call, String... namesAndValues) {
    var query = new StringJoiner("&", "?", "");
    for (var i = 0; i < namesAndValues.length; i += 2) {
      query.add(namesAndValues[i] + "=" + encode(namesAndValues[i + 1]));
    }
    return answer(request(API + call + query).GET().build());
  }

  @Override
  public JsonNode send(String method, String call, ObjectNode body) {
    return answer(
        request(API + call)
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body.toString()))
            .build());
  }

  JsonNode answer(HttpRequest request) {
    try {
      return json.readTree(accepted(request));
    } catch (IOException e) {
      throw unreachable(e);
    }
  }

  /// Sends a request whose answer holds nothing to read.
  void acknowledged(HttpRequest request) {
    try {
      accepted(request);
    } catch (IOException e) {
      throw unreachable(e);
    }
  }

  private byte[] accepted(HttpRequest request) throws IOException {
    var passing = request.method().equals("GET") ? PASSING : REFUSED;
    var response = retry(request, BodyHandlers.ofByteArray(), passing, false);
    if (response.statusCode() >= 300) {
      throw refusal(response);
    }
    return response.body();
  }

  private TrackingException refusal(HttpResponse<byte[]> response) {
    var answered =
        server + " answered " + response.statusCode() + " to " + response.uri().getPath();
    try {
      var error = json.readTree(response.body());
      var said = SQL.matcher(error.path("message").asText()).replaceAll("");
      return new TrackingException(
          code(error.path("error_code").asText(), response.statusCode()),
          said.isBlank() ? answered : said);
    } catch (IOException e) {
      return new TrackingException(code("", response.statusCode()), answered, e);
    }
  }

  private static ErrorCode code(String name, int status) {
    for (var code : ErrorCode.values()) {
      if (code.name().equals(name)) {
        return code;
      }
    }
    return switch (status) {
      case 401, 403 -> ErrorCode.PERMISSION_DENIED;
      case 404 -> ErrorCode.RESOURCE_DOES_NOT_EXIST;
      case 429 -> ErrorCode.REQUEST_LIMIT_EXCEEDED;
      case 501 -> ErrorCode.NOT_IMPLEMENTED;
      case 502, 503, 504 -> ErrorCode.TEMPORARILY_UNAVAILABLE;
      default -> status < 500 ? ErrorCode.BAD_REQUEST : ErrorCode.INTERNAL_ERROR;
    };
  }

  private TrackingException unreachable(IOException e) {
    return new TrackingException(
        ErrorCode.TEMPORARILY_UNAVAILABLE,
        "The tracking server "
            + server
            + " cannot be reached ("
            + e
            + "); check MLFLOW_TRACKING_URI and whether it runs.",
        e);
  }

  /// A request with our credentials; the path is already encoded.
  HttpRequest.Builder request(String path) {
    var request = HttpRequest.newBuilder(URI.create(server + path)).timeout(timeout);
    authorization().ifPresent(value -> request.header("Authorization", value));
    return request;
  }

  /// A request to any server. Credentials go to the host of the tracking server only: a URI of an
  /// artifact, which anyone may write, must not have them sent elsewhere.
  HttpRequest.Builder requestTo(String url) {
    var uri = URI.create(url);
    var request = HttpRequest.newBuilder(uri).timeout(timeout);
    if (Objects.equals(uri.getHost(), URI.create(server).getHost())) {
      authorization().ifPresent(value -> request.header("Authorization", value));
    }
    return request;
  }

  String server() {
    return server;
  }

  String scheme() {
    return server.substring(0, server.indexOf(':'));
  }

  /// Sends a request that does the same however often it is sent, again while the server is busy or
  /// out of reach.
  <T> HttpResponse<T> retry(HttpRequest request, BodyHandler<T> handler) throws IOException {
    return retry(request, handler, PASSING, true);
  }

  /// @param passing statuses after which the same request may succeed
  /// @param unreachable whether to try again too when there is no answer
  private <T> HttpResponse<T> retry(
      HttpRequest request, BodyHandler<T> handler, Set<Integer> passing, boolean unreachable)
      throws IOException {
    for (var wait = FIRST_PAUSE; ; wait = wait.multipliedBy(2)) {
      var isLast = wait.compareTo(LAST_PAUSE) > 0;
      var pause = wait;
      try {
        var answer = exchange(request, handler);
        if (isLast || !passing.contains(answer.statusCode())) {
          return answer;
        }
        discard(answer.body());
        pause = pause(wait, answer.headers().firstValue("Retry-After").orElse(""));
      } catch (IOException e) {
        if (isLast || !unreachable || Thread.currentThread().isInterrupted()) {
          throw e;
        }
      }
      pause(pause);
    }
  }

  /// As long as the server says in seconds, within bounds; it may also say a date, which we leave.
  private static Duration pause(Duration usual, String retryAfter) {
    if (!retryAfter.matches("\\d{1,9}")) {
      return usual;
    }
    var asked = Duration.ofSeconds(Long.parseLong(retryAfter));
    var bounded = asked.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : asked;
    return bounded.compareTo(usual) > 0 ? bounded : usual;
  }

  private static void discard(Object body) throws IOException {
    if (body instanceof Closeable open) {
      open.close();
    }
  }

  private void pause(Duration wait) throws IOException {
    try {
      sleep.of(wait);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for the server", e);
    }
  }

  <T> HttpResponse<T> exchange(HttpRequest request, BodyHandler<T> handler) throws IOException {
    try {
      return http.send(request, handler);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for " + server, e);
    }
  }

  static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  @Override
  public void close() {
    http.close();
  }
}
