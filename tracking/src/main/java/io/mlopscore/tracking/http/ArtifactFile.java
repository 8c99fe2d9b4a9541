package io.mlopscore.tracking.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.mlopscore.storage.Attachment;
import io.mlopscore.tracking.ArtifactPath;
import io.mlopscore.tracking.ArtifactRepository;
import io.mlopscore.tracking.ErrorCode;
import io.mlopscore.tracking.FileInfo;
import io.mlopscore.tracking.TrackingException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/// Sends a file of a repository, whole or the part that was asked for. A browser saves it and never
/// shows it, for it comes from anyone who may log a run.
record ArtifactFile(ArtifactRepository repository, String path) {
  private static final int BUFFER = 1 << 18;

  void send(ServerRequest request, ServerResponse response) throws IOException {
    var safe = ArtifactPath.of(path);
    var found = repository.find(safe);
    if (found.isEmpty()) {
      throw absent(safe);
    }
    var file = found.get();
    var range = ByteRange.of(request, file.size());
    var headers = response.headers();
    headers.set(HeaderNames.CONTENT_TYPE, MediaType.of(safe));
    headers.set(HeaderNames.CONTENT_DISPOSITION, Attachment.disposition(safe));
    headers.set(HeaderNames.create("X-Content-Type-Options"), "nosniff");
    headers.set(HeaderNames.ACCEPT_RANGES, "bytes");
    if (range.isEmpty(file.size())) {
      headers.set(HeaderNames.CONTENT_RANGE, "bytes */" + file.size());
      response.status(Status.create(416)).send();
      return;
    }
    if (range.isPart(file.size())) {
      headers.set(HeaderNames.CONTENT_RANGE, range.header(file.size()));
      response.status(Status.create(206));
    }
    headers.contentLength(range.length());
    if (request.prologue().method().text().equals("HEAD") || range.length() == 0) {
      response.send();
      return;
    }
    copy(file, range, response);
  }

  /// MLflow's words.
  private TrackingException absent(String safe) throws IOException {
    return repository.list(safe).isEmpty()
        ? new TrackingException(
            ErrorCode.RESOURCE_DOES_NOT_EXIST, "No such artifact: '" + safe + "'")
        : new TrackingException(
            ErrorCode.INVALID_PARAMETER_VALUE,
            "Artifact path refers to a directory, not a file: '" + safe + "'");
  }

  /// Once the headers are sent nothing but a broken connection can say that something failed.
  private void copy(FileInfo file, ByteRange range, ServerResponse response) throws IOException {
    try (var content = repository.open(ArtifactPath.of(path), range.from(), range.length())) {
      var out = response.outputStream();
      try {
        copy(content, out, range.length());
        out.close();
      } catch (IOException | UncheckedIOException e) {
        throw new CloseConnectionException(file.path() + " was not sent to its end", e);
      }
    }
  }

  private static void copy(InputStream content, OutputStream out, long length) throws IOException {
    var buffer = new byte[BUFFER];
    var left = length;
    for (int n; left > 0; left -= n) {
      n = content.read(buffer, 0, (int) Math.min(buffer.length, left));
      if (n < 0) {
        throw new EOFException("it became shorter meanwhile");
      }
      out.write(buffer, 0, n);
    }
  }
}
