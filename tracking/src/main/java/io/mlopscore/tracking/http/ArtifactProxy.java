package io.mlopscore.tracking.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.mlopscore.tracking.ArtifactPath;
import io.mlopscore.tracking.ArtifactRepository;
import io.mlopscore.tracking.Artifacts;
import io.mlopscore.tracking.ErrorCode;
import io.mlopscore.tracking.TrackingException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.util.Locale;

/// `mlflow-artifacts/...`: the files behind `mlflow-artifacts:/`, raw bytes in both directions,
/// streamed.
final class ArtifactProxy {
  private static final int LARGEST_MESSAGE = 4 << 20;

  private final Artifacts artifacts;
  private final ObjectMapper json = new ObjectMapper();

  ArtifactProxy(Artifacts artifacts) {
    this.artifacts = artifacts;
  }

  private ArtifactRepository root() {
    return artifacts.repository("mlflow-artifacts:/");
  }

  /// @param rest what follows `mlflow-artifacts/` in the path, still encoded
  void answer(String rest, ServerRequest request, ServerResponse response) throws IOException {
    var method = request.prologue().method().text();
    var call = rest.startsWith("mpu/") ? rest.split("/", 3) : rest.split("/", 2);
    var name = call.length == 3 ? call[0] + "/" + call[1] : call[0];
    var path = call.length == 1 ? "" : ArtifactPath.decode(call[call.length - 1]);
    switch (method + " " + name) {
      case "GET artifacts", "HEAD artifacts" -> {
        if (path.isEmpty()) {
          list(request.query().first("path").orElse(""), response);
        } else {
          new ArtifactFile(root(), path).send(request, response);
        }
      }
      case "PUT artifacts" -> put(path, request, response);
      case "DELETE artifacts" -> delete(path, response);
      case "GET presigned" -> send(response, SignedCalls.download(root(), ArtifactPath.of(path)));
      case "POST mpu/create" ->
          send(response, SignedCalls.begin(root(), ArtifactPath.of(path), call(request)));
      case "POST mpu/complete" ->
          send(response, SignedCalls.complete(root(), ArtifactPath.of(path), call(request)));
      case "POST mpu/abort" ->
          send(response, SignedCalls.abort(root(), ArtifactPath.of(path), call(request)));
      default -> throw Unserved.call(method, request.path().path());
    }
  }

  private void list(String path, ServerResponse response) throws IOException {
    var files = root().list(ArtifactPath.of(path));
    send(response, Messages.list(Messages.empty(), "files", files, Messages::file));
  }

  private void put(String path, ServerRequest request, ServerResponse response) throws IOException {
    if (path.endsWith("/")) {
      throw new TrackingException(
          ErrorCode.INVALID_PARAMETER_VALUE,
          "Artifact path must include a filename (cannot end with '/')");
    }
    var safe = requireFile(path);
    var size = request.headers().contentLength().orElse(-1);
    try (var content = ReceivedBody.of(request)) {
      write(root(), safe, content, size);
    }
    response.send();
  }

  private static String requireFile(String path) {
    var safe = ArtifactPath.of(path);
    if (safe.isEmpty()) {
      throw new TrackingException(ErrorCode.INVALID_PARAMETER_VALUE, "Invalid path");
    }
    return safe;
  }

  static void write(ArtifactRepository repository, String path, byte[] content) throws IOException {
    write(repository, path, new ByteArrayInputStream(content), content.length);
  }

  private static void write(
      ArtifactRepository repository, String path, InputStream content, long size)
      throws IOException {
    try {
      repository.write(path, content, size);
    } catch (FileAlreadyExistsException e) {
      throw new TrackingException(
          ErrorCode.INVALID_PARAMETER_VALUE,
          "Invalid path: '" + path + "' would be a file where a folder is, or the reverse",
          e);
    } catch (IOException e) {
      // Who still sends would not read the answer.
      content.transferTo(OutputStream.nullOutputStream());
      throw failure(path, e);
    }
  }

  private static IOException failure(String path, IOException e) {
    var message = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
    if (message.contains("no space left") || message.contains("quota exceeded")) {
      throw new TrackingException(
          ErrorCode.STORAGE_FULL,
          "There is no space left where the server keeps artifacts; '" + path + "' was not stored.",
          e);
    }
    if (message.contains("name too long")) {
      throw new TrackingException(
          ErrorCode.INVALID_PARAMETER_VALUE, "Invalid path: a name in it is too long", e);
    }
    return e;
  }

  private void delete(String path, ServerResponse response) throws IOException {
    root().delete(requireFile(path));
    send(response, Messages.empty());
  }

  private Call call(ServerRequest request) throws IOException {
    var body = ReceivedBody.of(request).readNBytes(LARGEST_MESSAGE);
    return new Call(body.length == 0 ? Messages.empty() : parse(body));
  }

  private ObjectNode parse(byte[] body) throws IOException {
    try {
      return json.readTree(body) instanceof ObjectNode message
          ? FieldNames.define(message)
          : Messages.empty();
    } catch (JsonProcessingException e) {
      throw new TrackingException(ErrorCode.BAD_REQUEST, "The body of the request is no JSON.", e);
    }
  }

  private static void send(ServerResponse response, ObjectNode message) {
    response.headers().set(HeaderNames.CONTENT_TYPE, "application/json");
    response.send(message.toPrettyString());
  }
}
