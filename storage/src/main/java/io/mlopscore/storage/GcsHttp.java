package io.mlopscore.storage;

import com.google.auth.oauth2.GoogleCredentials;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/// Sends requests to Cloud Storage with credentials, again after a pause where that may help
/// (https://cloud.google.com/storage/docs/retry-strategy).
///
/// @param credentials empty to send none, as for public buckets and emulators
/// @param pause before the second try; it doubles with each
/// @param patience how long to wait for the next bytes of an answer
record GcsHttp(
    HttpClient client,
    URI endpoint,
    Optional<GoogleCredentials> credentials,
    Duration pause,
    Duration patience) {
  private static final Set<Integer> PASSING = Set.of(408, 429, 500, 502, 503, 504);
  private static final int MOST_TRIES = 5;
  private static final Duration TIMEOUT = Duration.ofMinutes(5);

  /// A request to a path of the endpoint, which is encoded already.
  HttpRequest.Builder request(String path) throws IOException {
    return to(URI.create(endpoint + path));
  }

  HttpRequest.Builder to(URI uri) throws IOException {
    var request = HttpRequest.newBuilder(uri).timeout(TIMEOUT);
    if (credentials.isPresent()) {
      credentials
          .get()
          .getRequestMetadata(uri)
          .forEach((name, values) -> values.forEach(value -> request.header(name, value)));
    }
    return request;
  }

  /// The answer, whatever it says; one that may pass is waited out.
  HttpResponse<InputStream> send(HttpRequest request) throws IOException {
    for (var tried = 1; ; tried++) {
      try {
        var answer = client.send(request, BodyHandlers.ofInputStream());
        if (tried == MOST_TRIES || !PASSING.contains(answer.statusCode())) {
          return answer;
        }
        answer.body().close();
      } catch (IOException e) {
        if (tried == MOST_TRIES) {
          throw Unreachable.named(request.uri(), e);
        }
      } catch (InterruptedException e) {
        throw interrupted(e);
      }
      await(pause.multipliedBy(1L << (tried - 1)));
    }
  }

  private void await(Duration wait) throws IOException {
    try {
      Thread.sleep(wait);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private IOException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new IOException("interrupted while waiting for " + endpoint, e);
  }

  /// The answer to a request that must succeed.
  ///
  /// @throws java.nio.file.NoSuchFileException for 404
  InputStream require(String key, HttpRequest request) throws IOException {
    var answer = send(request);
    if (answer.statusCode() < 300) {
      return new PunctualStream(answer.body(), patience);
    }
    throw failure(key, answer);
  }

  static IOException failure(String key, HttpResponse<InputStream> answer) throws IOException {
    try (var body = answer.body()) {
      var said = new String(body.readNBytes(2000), StandardCharsets.UTF_8);
      return HttpFailure.of(key, "Cloud Storage", answer.statusCode(), said);
    }
  }
}
