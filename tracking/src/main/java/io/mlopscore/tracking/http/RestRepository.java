package io.mlopscore.tracking.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.mlopscore.tracking.ArtifactRepository;
import io.mlopscore.tracking.FileInfo;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// The artifacts below a path of a server's proxy.
///
/// @param server such as `http://127.0.0.1:5000`
/// @param root relative, empty for all artifacts of the server
record RestRepository(RestClient client, String server, String root) implements ArtifactRepository {
  private static final String ROUTE = "/api/2.0/mlflow-artifacts/artifacts";
  private static final ObjectMapper JSON = new ObjectMapper();

  /// A large file takes its time; only a dead connection must not hang for ever.
  private static final Duration TIMEOUT = Duration.ofHours(6);

  /// The path in a URI: `mlflow-artifacts://host/1/x` is `1/x`.
  static String path(String uri) {
    return uri.substring(uri.indexOf(':') + 1).replaceFirst("^//[^/]*", "").replaceAll("^/+", "");
  }

  private String below(String path) {
    return root.isEmpty() || path.isEmpty() ? root + path : root + "/" + path;
  }

  /// `1/a b` is `/1/a%20b`.
  private HttpRequest.Builder file(String path) {
    var encoded =
        Arrays.stream(below(path).split("/", -1))
            .map(RestClient::encode)
            .collect(Collectors.joining("/", "/", ""));
    return client.requestTo(server + ROUTE + encoded).timeout(TIMEOUT);
  }

  @Override
  public Optional<FileInfo> find(String path) throws IOException {
    var slash = path.lastIndexOf('/');
    var name = path.substring(slash + 1);
    return list(slash < 0 ? "" : path.substring(0, slash)).stream()
        .filter(file -> file.path().equals(name) && !file.isDirectory())
        .findFirst();
  }

  @Override
  public List<FileInfo> list(String path) throws IOException {
    var query = ROUTE + "?path=" + RestClient.encode(below(path));
    var request = client.requestTo(server + query).GET().build();
    var response = client.retry(request, BodyHandlers.ofByteArray());
    if (response.statusCode() == 404) {
      return List.of();
    }
    if (response.statusCode() >= 300) {
      throw refused("list", path, response.statusCode(), response.body());
    }
    return Answers.list(JSON.readTree(response.body()).path("files"), Answers::file).stream()
        .sorted(Comparator.comparing(FileInfo::path))
        .toList();
  }

  @Override
  public InputStream open(String path, long from, long length) throws IOException {
    if (length <= 0) {
      return InputStream.nullInputStream();
    }
    var request = file(path).GET();
    if (from > 0 || length < Long.MAX_VALUE) {
      var to = length > Long.MAX_VALUE - from ? "" : String.valueOf(from + length - 1);
      request.header("Range", "bytes=" + from + "-" + to);
    }
    var response = client.retry(request.build(), BodyHandlers.ofInputStream());
    if (response.statusCode() >= 300) {
      try (var body = response.body()) {
        throw refused("read", path, response.statusCode(), body.readNBytes(4000));
      }
    }
    return response.body();
  }

  /// Not tried again here: a stream can be read once only.
  @Override
  public void write(String path, InputStream content, long size) throws IOException {
    var stream = BodyPublishers.ofInputStream(() -> content);
    var body = size < 0 ? stream : BodyPublishers.fromPublisher(stream, Math.max(size, 1));
    var request = file(path).PUT(size == 0 ? BodyPublishers.noBody() : body).build();
    require("store", path, client.exchange(request, BodyHandlers.ofByteArray()));
  }

  @Override
  public void write(String path, Path source) throws IOException {
    var request = file(path).PUT(BodyPublishers.ofFile(source)).build();
    require("store", path, client.retry(request, BodyHandlers.ofByteArray()));
  }

  @Override
  public void delete(String path) throws IOException {
    var request = file(path).DELETE().build();
    require("delete", path, client.retry(request, BodyHandlers.ofByteArray()));
  }

  private void require(String what, String path, HttpResponse<byte[]> response) throws IOException {
    if (response.statusCode() >= 300) {
      throw refused(what, path, response.statusCode(), response.body());
    }
  }

  private IOException refused(String what, String path, int status, byte[] answer) {
    var name = below(path);
    if (status == 404) {
      return new NoSuchFileException(name, null, "no artifact there");
    }
    var said = new String(answer, StandardCharsets.UTF_8).strip();
    return new IOException(
        "%s: the tracking server %s did not %s it (status %d) %s"
            .formatted(name, server, what, status, said));
  }
}
