package io.mlopscore.storage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.S3Exception;

/// The versions of the objects of one bucket
/// (https://docs.aws.amazon.com/AmazonS3/latest/userguide/Versioning.html).
///
/// @param parts sends what is large
record S3Versions(S3Client client, String bucket, S3Parts parts) implements ObjectVersions {
  /// What an object without versions is said to have.
  private static final String NONE = "null";

  private static final int BAD_REQUEST = 400;
  private static final int METHOD_NOT_ALLOWED = 405;
  private static final int NOT_IMPLEMENTED = 501;

  @Override
  public boolean areKept() throws IOException {
    try {
      var answer =
          S3ObjectStore.call(
              bucket, () -> client.getBucketVersioning(request -> request.bucket(bucket)));
      return answer.status() == BucketVersioningStatus.ENABLED;
    } catch (AccessDeniedException _) {
      return true; // who may read and write objects need not be let ask about their bucket
    } catch (IOException e) {
      if (isStatus(e, METHOD_NOT_ALLOWED) || isStatus(e, NOT_IMPLEMENTED)) {
        return true; // some servers of the protocol lack this call
      }
      throw e;
    }
  }

  private static boolean isStatus(IOException failure, int status) {
    return failure.getCause() instanceof S3Exception refused && refused.statusCode() == status;
  }

  @Override
  public Optional<ObjectVersion> latest(String key) throws IOException {
    ObjectStore.requireKey(key);
    try {
      var head =
          S3ObjectStore.call(
              key, () -> client.headObject(request -> request.bucket(bucket).key(key)));
      return Optional.of(version(head.versionId(), head.eTag(), head.contentLength()));
    } catch (NoSuchFileException _) {
      return Optional.empty();
    }
  }

  @Override
  public boolean exists(String key, String id) throws IOException {
    ObjectStore.requireKey(key);
    try {
      ofVersion(
          key,
          () ->
              S3ObjectStore.call(
                  key,
                  () ->
                      client.headObject(request -> request.bucket(bucket).key(key).versionId(id))));
      return true;
    } catch (NoSuchFileException _) {
      return false;
    }
  }

  @Override
  public InputStream open(String key, String id, long from) throws IOException {
    ObjectStore.requireKey(key);
    var range = ByteRange.header(from, Long.MAX_VALUE).orElse(null);
    return ofVersion(
        key,
        () ->
            S3ObjectStore.content(
                key,
                () ->
                    client.getObject(
                        request -> request.bucket(bucket).key(key).versionId(id).range(range))));
  }

  private interface Asking<T> {
    T ask() throws IOException;
  }

  /// The id of another bucket's version is no id here, which S3 calls a bad request.
  private static <T> T ofVersion(String key, Asking<T> request) throws IOException {
    try {
      return request.ask();
    } catch (NoSuchFileException e) {
      throw e;
    } catch (IOException e) {
      if (isStatus(e, BAD_REQUEST)) {
        throw new NoSuchFileException(key, null, e.getMessage());
      }
      throw e;
    }
  }

  @Override
  public ObjectVersion put(String key, Path source) throws IOException {
    ObjectStore.requireKey(key);
    var size = Files.size(source);
    if (size > S3Parts.SIZE) {
      return parts.put(key, source);
    }
    var body = RequestBody.fromFile(source);
    var answer =
        S3ObjectStore.call(
            key, () -> client.putObject(request -> request.bucket(bucket).key(key), body));
    return version(answer.versionId(), answer.eTag(), size);
  }

  static ObjectVersion version(@Nullable String id, @Nullable String tag, long size) {
    return new ObjectVersion(
        id == null || id.equals(NONE) ? "" : id, tag == null ? "" : tag.replace("\"", ""), size);
  }
}
