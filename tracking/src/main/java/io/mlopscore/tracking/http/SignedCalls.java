package io.mlopscore.tracking.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlopscore.storage.SignedTransfers.SignedUrl;
import io.mlopscore.storage.SignedTransfers.UploadedPart;
import io.mlopscore.tracking.ArtifactPath;
import io.mlopscore.tracking.ArtifactRepository;
import io.mlopscore.tracking.ArtifactRepository.SignedFile;
import io.mlopscore.tracking.ErrorCode;
import io.mlopscore.tracking.TrackingException;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/// URLs by which clients move large files directly to and from a bucket. Where the place of the
/// artifacts has none, the answer is MLflow's, and its client then sends through the server.
final class SignedCalls {
  private static final Duration PARTS_VALID = Duration.ofHours(1);
  private static final Duration DOWNLOAD_VALID = Duration.ofMinutes(5);
  private static final Duration LONGEST_VALID = Duration.ofDays(7);
  private static final int MOST_PARTS = 10_000;

  private SignedCalls() {}

  private static SignedFile file(ArtifactRepository repository, String path, String what) {
    return repository
        .signed(path)
        .orElseThrow(
            () ->
                new TrackingException(
                    ErrorCode.NOT_IMPLEMENTED,
                    what + " is not supported for the current artifact repository"));
  }

  /// The path names the folder, the field `path` the file in it.
  private static SignedFile partedFile(ArtifactRepository repository, String folder, Call call) {
    var path = call.required("path");
    var name = path.substring(path.lastIndexOf('/') + 1);
    var file = ArtifactPath.of(name);
    return file(repository, folder.isEmpty() ? file : folder + "/" + file, "Multipart upload");
  }

  static ObjectNode begin(ArtifactRepository repository, String folder, Call call)
      throws IOException {
    var file = partedFile(repository, folder, call);
    var parts = call.limit("num_parts", 1, MOST_PARTS);
    var upload = file.transfers().begin(file.key(), parts, PARTS_VALID);
    var answer = Messages.empty().put("upload_id", upload.id());
    var credentials = answer.putArray("credentials");
    for (var part : upload.parts()) {
      var number = credentials.size() + 1;
      headers(
          credentials.addObject().put("url", part.url().toString()).put("part_number", number),
          part.headers());
    }
    return answer;
  }

  static ObjectNode complete(ArtifactRepository repository, String folder, Call call)
      throws IOException {
    var file = partedFile(repository, folder, call);
    var parts =
        call.objects("parts")
            .map(part -> new UploadedPart((int) part.whole("part_number", 0), part.text("etag")))
            .toList();
    file.transfers().complete(file.key(), call.required("upload_id"), parts);
    return Messages.empty();
  }

  static ObjectNode abort(ArtifactRepository repository, String folder, Call call)
      throws IOException {
    var file = partedFile(repository, folder, call);
    file.transfers().abort(file.key(), call.required("upload_id"));
    return Messages.empty();
  }

  /// For a client of the proxy.
  static ObjectNode download(ArtifactRepository repository, String path) throws IOException {
    var signed = signedDownload(repository, path, "Multipart download", DOWNLOAD_VALID);
    var answer = Messages.empty().put("url", signed.url().toString());
    headers(answer, signed.headers());
    return withSize(answer, repository, path);
  }

  /// For whoever knows the run.
  static ObjectNode presignedDownload(ArtifactRepository repository, String path, Call call)
      throws IOException {
    var validity = validity(call, DOWNLOAD_VALID);
    var signed = signedDownload(repository, path, "Presigned download", validity);
    return withSize(presigned(signed), repository, path);
  }

  private static SignedUrl signedDownload(
      ArtifactRepository repository, String path, String what, Duration validity)
      throws IOException {
    var file = file(repository, path, what);
    if (repository.find(path).isEmpty()) {
      throw new TrackingException(
          ErrorCode.RESOURCE_DOES_NOT_EXIST, "No such artifact: '" + path + "'");
    }
    return file.transfers().download(file.key(), validity);
  }

  static ObjectNode presignedUpload(ArtifactRepository repository, String path, Call call)
      throws IOException {
    var validity = validity(call, Duration.ofMinutes(15));
    var file = file(repository, path, "Presigned upload");
    return presigned(file.transfers().upload(file.key(), MediaType.ofBucket(path), validity));
  }

  private static Duration validity(Call call, Duration otherwise) {
    var seconds = call.whole("expiration", otherwise.toSeconds());
    if (seconds < 1 || seconds > LONGEST_VALID.toSeconds()) {
      throw new TrackingException(
          ErrorCode.INVALID_PARAMETER_VALUE,
          "expiration must be between 1 and 604800 seconds (got " + seconds + ").");
    }
    return Duration.ofSeconds(seconds);
  }

  private static ObjectNode presigned(SignedUrl signed) {
    var answer = Messages.empty().put("presigned_url", signed.url().toString());
    return signed.headers().isEmpty() ? answer : headers(answer, signed.headers());
  }

  private static ObjectNode headers(ObjectNode into, Map<String, String> headers) {
    var object = into.putObject("headers");
    headers.forEach(object::put);
    return into;
  }

  private static ObjectNode withSize(ObjectNode into, ArtifactRepository repository, String path)
      throws IOException {
    repository.find(path).ifPresent(file -> into.put("file_size", file.size()));
    return into;
  }
}
