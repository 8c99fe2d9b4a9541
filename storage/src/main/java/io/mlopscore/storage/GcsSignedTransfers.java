package io.mlopscore.storage;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Signed URLs of one bucket of Cloud Storage; uploads in parts speak its XML API
/// (https://cloud.google.com/storage/docs/multipart-uploads).
record GcsSignedTransfers(GcsHttp http, String bucket, GcsSigner signer)
    implements SignedTransfers {
  private static final Pattern UPLOAD_ID = Pattern.compile("<UploadId>([^<]+)</UploadId>");

  private String path(String key) {
    return Arrays.stream(ObjectStore.requireKey(key).split("/"))
        .map(Percent::encode)
        .collect(Collectors.joining("/", "/" + bucket + "/", ""));
  }

  @Override
  public SignedUrl download(String key, Duration validity) {
    var query = Map.of("response-content-disposition", Attachment.disposition(key));
    return signer.sign("GET", path(key), Map.of(), query, validity);
  }

  @Override
  public SignedUrl upload(String key, String contentType, Duration validity) {
    var headers = Map.of("Content-Type", contentType);
    return signer.sign("PUT", path(key), headers, Map.of(), validity);
  }

  @Override
  public PartedUpload begin(String key, int parts, Duration validity) throws IOException {
    var answer = post(key, "uploads", "");
    var id = UPLOAD_ID.matcher(answer);
    if (!id.find()) {
      throw new IOException(key + ": Cloud Storage began no upload: " + answer);
    }
    return new PartedUpload(
        id.group(1),
        IntStream.rangeClosed(1, parts)
            .mapToObj(number -> part(key, id.group(1), number, validity))
            .toList());
  }

  private SignedUrl part(String key, String id, int number, Duration validity) {
    var query = Map.of("partNumber", String.valueOf(number), "uploadId", id);
    return signer.sign("PUT", path(key), Map.of(), query, validity);
  }

  @Override
  public void complete(String key, String uploadId, List<UploadedPart> parts) throws IOException {
    var list =
        parts.stream()
            .map(GcsSignedTransfers::element)
            .collect(
                Collectors.joining("", "<CompleteMultipartUpload>", "</CompleteMultipartUpload>"));
    post(key, "uploadId=" + Percent.encode(uploadId), list);
  }

  private static String element(UploadedPart part) {
    return "<Part><PartNumber>%d</PartNumber><ETag>%s</ETag></Part>"
        .formatted(part.number(), part.etag().replace("&", "&amp;").replace("<", "&lt;"));
  }

  private String post(String key, String query, String body) throws IOException {
    var request =
        http.request(path(key) + "?" + query)
            .header("Content-Type", "application/xml")
            .POST(BodyPublishers.ofString(body))
            .build();
    try (var answer = http.require(key, request)) {
      return new String(answer.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Override
  public void abort(String key, String uploadId) throws IOException {
    var query = "?uploadId=" + Percent.encode(uploadId);
    http.require(key, http.request(path(key) + query).DELETE().build()).close();
  }
}
