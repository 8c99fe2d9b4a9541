package io.mlopscore.storage;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Files of a web server, below one URL.
///
/// Such a server cannot be asked what it has, so nothing can be listed.
final class HttpObjectStore implements ObjectStore {
  private final HttpClient client;
  private final String base;
  private final HttpOptions options;

  private HttpObjectStore(HttpClient client, String base, HttpOptions options) {
    this.client = client;
    this.base = base;
    this.options = options;
  }

  static HttpObjectStore connect(String base, HttpOptions options) throws IOException {
    var client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .connectTimeout(options.connect())
            .sslContext(options.tls().context())
            .build();
    return new HttpObjectStore(client, base.replaceFirst("/+$", ""), options);
  }

  private HttpRequest.Builder request(String key) {
    var path = key.isEmpty() ? "" : "/" + Percent.encodePath(key);
    var request = HttpRequest.newBuilder(URI.create(base + path));
    options.headers().forEach(request::header);
    return request;
  }

  private HttpResponse<InputStream> send(HttpRequest.Builder request) throws IOException {
    var timed = request.timeout(options.read()).build();
    try {
      return client.send(timed, BodyHandlers.ofInputStream());
    } catch (IOException e) {
      throw Unreachable.named(timed.uri(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for " + timed.uri(), e);
    }
  }

  /// What an answer says beside its status does not matter.
  private void finish(HttpResponse<InputStream> answer, String key) throws IOException {
    try (var body = body(answer)) {
      require(answer, key);
      body.transferTo(OutputStream.nullOutputStream());
    }
  }

  private InputStream body(HttpResponse<InputStream> answer) {
    return new PunctualStream(answer.body(), options.read());
  }

  private static void require(HttpResponse<?> answer, String key) throws IOException {
    if (answer.statusCode() == 410) {
      throw new NoSuchFileException(key);
    }
    if (answer.statusCode() >= 300) {
      throw HttpFailure.of(key, "the server", answer.statusCode(), "");
    }
  }

  private Optional<HttpResponse<?>> head(String key) throws IOException {
    var answer = send(request(key).method("HEAD", BodyPublishers.noBody()));
    try {
      finish(answer, key);
      return Optional.of(answer);
    } catch (NoSuchFileException _) {
      return Optional.empty();
    }
  }

  /// A server may keep the size to itself; then it is -1.
  @Override
  public OptionalLong size(String key) throws IOException {
    var answer = head(key);
    return answer.isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of(answer.get().headers().firstValueAsLong("Content-Length").orElse(-1));
  }

  /// `ETag`, or else `Content-MD5`, as the server writes it; of a server that sends neither, a
  /// number made of what else it says.
  @Override
  public Optional<String> tag(String key) throws IOException {
    return head(key)
        .map(
            answer ->
                answer
                    .headers()
                    .firstValue("ETag")
                    .or(() -> answer.headers().firstValue("Content-MD5"))
                    .orElseGet(
                        () -> HttpFingerprint.of(request(key).build().uri().toString(), answer)));
  }

  @Override
  public InputStream open(String key, long from, long length) throws IOException {
    var request = request(key).GET();
    ByteRange.header(from, length).ifPresent(range -> request.header("Range", range));
    var answer = send(request);
    var body = body(answer);
    try {
      require(answer, key);
      if (answer.statusCode() == 206) {
        return body;
      }
      body.skipNBytes(from);
      return new LimitedStream(body, length);
    } catch (IOException e) {
      body.close();
      throw e;
    }
  }

  @Override
  public void put(String key, InputStream content, long size) throws IOException {
    var spooled = Files.createTempFile("upload", ".tmp");
    try {
      long came = Files.copy(content, spooled, StandardCopyOption.REPLACE_EXISTING);
      ObjectStore.requireWhole(came, size);
      put(key, spooled);
    } finally {
      Files.delete(spooled);
    }
  }

  @Override
  public void put(String key, Path source) throws IOException {
    var upload = new PatientUpload(client, options.read());
    finish(upload.send(request(key), options.method(), source), key);
  }

  @Override
  public List<ObjectSummary> summaries(String prefix) throws IOException {
    throw new IOException(base + ": a web server cannot be asked what it has");
  }

  @Override
  public List<StoredEntry> children(String folder) throws IOException {
    throw new IOException(base + ": a web server cannot be asked what it has");
  }

  @Override
  public void delete(String key) throws IOException {
    try {
      finish(send(request(key).DELETE()), key);
    } catch (NoSuchFileException _) {
      return; // what is not there need not go
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
