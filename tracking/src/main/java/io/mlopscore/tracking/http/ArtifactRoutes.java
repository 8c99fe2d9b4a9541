package io.mlopscore.tracking.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.mlopscore.tracking.Artifacts;
import io.mlopscore.tracking.ErrorCode;
import io.mlopscore.tracking.LocalArtifacts;
import io.mlopscore.tracking.TrackingException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.regex.Pattern;

/// The artifact proxy, `mlflow-artifacts/artifacts/<path>`: raw bytes in both directions, streamed.
final class ArtifactRoutes {
  private static final Pattern PATH =
      Pattern.compile("/(?:ajax-)?api/2\\.0/mlflow-artifacts/artifacts(/.*)?");

  private final Artifacts artifacts;

  ArtifactRoutes(Artifacts artifacts) {
    this.artifacts = artifacts;
  }

  static boolean serves(String path) {
    return PATH.matcher(path).matches();
  }

  void answer(ServerRequest request, ServerResponse response) throws IOException {
    var path = PATH.matcher(request.path().path());
    var file = path.matches() && path.group(1) != null ? path.group(1) : "/";
    switch (request.prologue().method().text()) {
      case "GET" -> {
        if (file.equals("/")) {
          list(request.query().first("path").orElse(""), response);
        } else {
          download(uri(file), response);
        }
      }
      case "PUT" -> {
        writable().write(uri(file), request.content().inputStream());
        json(response, "{}");
      }
      case "DELETE" -> {
        writable().delete(uri(file));
        json(response, "{}");
      }
      case String method -> throw Unserved.call(method, request.path().path());
    }
  }

  /// A URI below the root, refused if the path would leave it however it is encoded.
  private static String uri(String path) {
    if (path.contains("%2e") || path.contains("%2E") || path.contains("%2f")) {
      throw new TrackingException(ErrorCode.INVALID_PARAMETER_VALUE, "Invalid path: " + path);
    }
    return "mlflow-artifacts:" + (path.startsWith("/") ? path : "/" + path);
  }

  private LocalArtifacts writable() {
    if (artifacts instanceof LocalArtifacts local) {
      return local;
    }
    throw new TrackingException(
        ErrorCode.NOT_IMPLEMENTED, "This server's artifacts cannot be written through it.");
  }

  private void list(String path, ServerResponse response) throws IOException {
    json(
        response,
        Messages.list(Messages.empty(), "files", artifacts.list(uri(path)), Messages::file)
            .toPrettyString());
  }

  private void download(String uri, ServerResponse response) throws IOException {
    try (var content = artifacts.open(uri)) {
      response.headers().set(HeaderNames.CONTENT_TYPE, "application/octet-stream");
      response.headers().set(HeaderNames.create("X-Content-Type-Options"), "nosniff");
      response.headers().set(HeaderNames.create("Content-Disposition"), "attachment");
      try (var out = response.outputStream()) {
        content.transferTo(out);
      }
    } catch (NoSuchFileException e) {
      response.status(Status.NOT_FOUND_404);
      json(
          response,
          Messages.empty()
              .put("error_code", ErrorCode.RESOURCE_DOES_NOT_EXIST.name())
              .put("message", "No such artifact: " + e.getFile())
              .toPrettyString());
    }
  }

  private static void json(ServerResponse response, String text) {
    response.headers().set(HeaderNames.CONTENT_TYPE, "application/json");
    response.send(text);
  }
}
