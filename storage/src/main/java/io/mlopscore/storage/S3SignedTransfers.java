package io.mlopscore.storage;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/// Signed URLs of one S3 bucket.
record S3SignedTransfers(S3Client client, S3Presigner presigner, String bucket)
    implements SignedTransfers {
  @Override
  public SignedUrl download(String key, Duration validity) throws IOException {
    return S3ObjectStore.call(
        key,
        () ->
            signed(
                presigner
                    .presignGetObject(
                        request ->
                            request
                                .signatureDuration(validity)
                                .getObjectRequest(
                                    object ->
                                        object
                                            .bucket(bucket)
                                            .key(key)
                                            .responseContentDisposition(
                                                Attachment.disposition(key))))
                    .url(),
                Map.of()));
  }

  @Override
  public SignedUrl upload(String key, String contentType, Duration validity) throws IOException {
    return S3ObjectStore.call(
        key,
        () ->
            signed(
                presigner
                    .presignPutObject(
                        request ->
                            request
                                .signatureDuration(validity)
                                .putObjectRequest(
                                    object ->
                                        object.bucket(bucket).key(key).contentType(contentType)))
                    .url(),
                Map.of("Content-Type", contentType)));
  }

  @Override
  public PartedUpload begin(String key, int parts, Duration validity) throws IOException {
    var id =
        S3ObjectStore.call(
                key, () -> client.createMultipartUpload(request -> request.bucket(bucket).key(key)))
            .uploadId();
    return S3ObjectStore.call(
        key,
        () ->
            new PartedUpload(
                id,
                IntStream.rangeClosed(1, parts)
                    .mapToObj(number -> part(key, id, number, validity))
                    .toList()));
  }

  private SignedUrl part(String key, String id, int number, Duration validity) {
    return signed(
        presigner
            .presignUploadPart(
                request ->
                    request
                        .signatureDuration(validity)
                        .uploadPartRequest(
                            part -> part.bucket(bucket).key(key).uploadId(id).partNumber(number)))
            .url(),
        Map.of());
  }

  private static SignedUrl signed(URL url, Map<String, String> headers) {
    try {
      return new SignedUrl(url.toURI(), headers);
    } catch (URISyntaxException e) {
      throw new IllegalStateException("S3 signed a URL that is none: " + URI.create("/"), e);
    }
  }

  @Override
  public void complete(String key, String uploadId, List<UploadedPart> parts) throws IOException {
    var all =
        parts.stream()
            .map(part -> CompletedPart.builder().partNumber(part.number()).eTag(part.etag()))
            .map(CompletedPart.Builder::build)
            .toList();
    S3ObjectStore.call(
        key,
        () ->
            client.completeMultipartUpload(
                request ->
                    request
                        .bucket(bucket)
                        .key(key)
                        .uploadId(uploadId)
                        .multipartUpload(upload -> upload.parts(all))));
  }

  @Override
  public void abort(String key, String uploadId) throws IOException {
    S3ObjectStore.call(
        key,
        () ->
            client.abortMultipartUpload(
                request -> request.bucket(bucket).key(key).uploadId(uploadId)));
  }
}
