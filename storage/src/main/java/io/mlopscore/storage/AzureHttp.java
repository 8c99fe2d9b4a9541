package io.mlopscore.storage;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Optional;

/// Sends requests to Azure Blob Storage, with a token where a service principal logs in.
///
/// @param tokens empty where requests are signed instead, or nothing is needed
record AzureHttp(HttpClient client, AzureSigner signer, Optional<AzureTokens> tokens) {
  static AzureHttp with(AzureOptions options) {
    var client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(options.timeouts().connect())
            .build();
    var clock = Clock.systemUTC();
    var tokens = options.principal().map(found -> new AzureTokens(client, found, clock));
    return new AzureHttp(client, new AzureSigner(options, clock), tokens);
  }

  /// The answer to a request that must succeed; the caller closes its body.
  ///
  /// @throws java.nio.file.NoSuchFileException for 404
  HttpResponse<InputStream> require(String key, HttpRequest request) throws IOException {
    var answer = send(request);
    if (answer.statusCode() < 300) {
      return answer;
    }
    try (var body = answer.body()) {
      var said = new String(body.readNBytes(1000), StandardCharsets.UTF_8);
      throw HttpFailure.of(key, "Azure", answer.statusCode(), said);
    }
  }

  /// As above, of which only the bytes matter.
  InputStream body(String key, HttpRequest request) throws IOException {
    return new PunctualStream(require(key, request).body(), signer.options().timeouts().read());
  }

  private HttpResponse<InputStream> send(HttpRequest request) throws IOException {
    try {
      return client.send(authorized(request), BodyHandlers.ofInputStream());
    } catch (ConnectException | HttpConnectTimeoutException e) {
      throw Unreachable.named(request.uri(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for " + request.uri().getHost(), e);
    }
  }

  private HttpRequest authorized(HttpRequest request) throws IOException {
    return tokens.isEmpty()
        ? request
        : HttpRequest.newBuilder(request, (_, _) -> true)
            .header("Authorization", "Bearer " + tokens.get().token())
            .build();
  }
}
