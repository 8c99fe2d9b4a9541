package io.mlopscore.tracking.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.mlopscore.tracking.Artifacts;
import io.mlopscore.tracking.FileInfo;
import io.mlopscore.tracking.LocalArtifacts;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/// Artifacts through the proxy of a tracking server; other URIs are looked for on this machine.
public final class RestArtifacts implements Artifacts {
  private static final String PROXIED = "mlflow-artifacts:";
  private static final String PATH = "/api/2.0/mlflow-artifacts/artifacts";

  private final RestClient client;
  private final LocalArtifacts local = new LocalArtifacts(Path.of(""));
  private final ObjectMapper json = new ObjectMapper();

  public RestArtifacts(RestClient client) {
    this.client = client;
  }

  @Override
  public void upload(Path source, String uri) throws IOException {
    if (!uri.startsWith(PROXIED)) {
      local.upload(source, uri);
      return;
    }
    try (var files = Files.walk(source)) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        var relative = source.relativize(file).toString();
        put(file, relative.isEmpty() ? uri : uri + "/" + relative);
      }
    }
  }

  private void put(Path file, String uri) throws IOException {
    var request = client.request(PATH + path(uri)).PUT(BodyPublishers.ofFile(file)).build();
    var status = client.exchange(request, BodyHandlers.discarding()).statusCode();
    if (status >= 300) {
      throw new IOException(uri + ": the tracking server refused it with status " + status);
    }
  }

  /// `mlflow-artifacts:/1/a b` is `/1/a%20b`.
  private static String path(String uri) {
    return Arrays.stream(plain(uri).split("/", -1))
        .map(RestClient::encode)
        .collect(Collectors.joining("/", "/", ""));
  }

  private static String plain(String uri) {
    return uri.substring(PROXIED.length()).replaceFirst("^//[^/]*", "").replaceFirst("^/+", "");
  }

  @Override
  public void download(String uri, Path target) throws IOException {
    if (!uri.startsWith(PROXIED)) {
      local.download(uri, target);
      return;
    }
    var children = list(uri);
    if (children.isEmpty()) {
      Files.createDirectories(target.toAbsolutePath().getParent());
      try (var content = open(uri)) {
        Files.copy(content, target);
      }
      return;
    }
    Files.createDirectories(target);
    for (var child : children) {
      download(uri + "/" + child.path(), target.resolve(name(child)));
    }
  }

  /// A server must not choose where files go here: only a plain name is taken.
  private static String name(FileInfo child) throws IOException {
    var name = child.path();
    if (name.isEmpty() || name.equals("..") || name.contains("/") || name.contains("\\")) {
      throw new IOException("the tracking server lists a file with the name '" + name + "'");
    }
    return name;
  }

  @Override
  public List<FileInfo> list(String uri) throws IOException {
    if (!uri.startsWith(PROXIED)) {
      return local.list(uri);
    }
    var request = client.request(PATH + "?path=" + RestClient.encode(plain(uri))).GET().build();
    var response = client.exchange(request, BodyHandlers.ofByteArray());
    if (response.statusCode() == 404) {
      return List.of();
    }
    if (response.statusCode() >= 300) {
      throw new IOException(uri + ": cannot be listed, status " + response.statusCode());
    }
    return Answers.list(json.readTree(response.body()).path("files"), Answers::file).stream()
        .sorted(Comparator.comparing(FileInfo::path))
        .toList();
  }

  @Override
  public InputStream open(String uri) throws IOException {
    if (!uri.startsWith(PROXIED)) {
      return local.open(uri);
    }
    var response =
        client.exchange(
            client.request(PATH + path(uri)).GET().build(), BodyHandlers.ofInputStream());
    if (response.statusCode() >= 300) {
      response.body().close();
      throw new IOException(uri + ": no artifact there (status " + response.statusCode() + ")");
    }
    return response.body();
  }
}
