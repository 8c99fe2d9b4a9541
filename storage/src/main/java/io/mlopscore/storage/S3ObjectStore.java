package io.mlopscore.storage;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import java.util.stream.Stream;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/// Objects of one bucket of S3, or of a server that speaks its protocol.
final class S3ObjectStore implements ObjectStore {
  private final S3Client client;
  private final S3Presigner presigner;
  private final String bucket;
  private final S3Parts parts;

  private S3ObjectStore(S3Client client, S3Presigner presigner, String bucket) {
    this.client = client;
    this.presigner = presigner;
    this.bucket = bucket;
    this.parts = new S3Parts(client, bucket);
  }

  /// @param environment `MLFLOW_S3_ENDPOINT_URL` and the `AWS_*` variables
  static S3ObjectStore connect(String bucket, Map<String, String> environment) throws IOException {
    return connect(bucket, environment, S3Options.NONE);
  }

  static S3ObjectStore connect(String bucket, Map<String, String> environment, S3Options options)
      throws IOException {
    var settings = S3Settings.of(environment, options);
    return new S3ObjectStore(settings.client(), settings.presigner(), bucket);
  }

  /// @throws NoSuchFileException when the bucket has no such object
  static <T> T call(String key, Supplier<T> request) throws IOException {
    try {
      return request.get();
    } catch (S3Exception e) {
      if (e.statusCode() == 404) {
        throw new NoSuchFileException(key, null, e.getMessage());
      }
      if (e.statusCode() == 401 || e.statusCode() == 403) {
        throw new AccessDeniedException(key, null, e.getMessage());
      }
      throw new IOException(key + ": " + e.getMessage(), e);
    } catch (SdkException e) {
      throw new IOException(key + ": " + e.getMessage(), e);
    }
  }

  @Override
  public OptionalLong size(String key) throws IOException {
    ObjectStore.requireKey(key);
    try {
      var head = call(key, () -> client.headObject(request -> request.bucket(bucket).key(key)));
      return OptionalLong.of(head.contentLength());
    } catch (NoSuchFileException _) {
      return OptionalLong.empty();
    }
  }

  @Override
  public Optional<String> tag(String key) throws IOException {
    ObjectStore.requireKey(key);
    try {
      var head = call(key, () -> client.headObject(request -> request.bucket(bucket).key(key)));
      return Optional.ofNullable(head.eTag()).map(tag -> tag.replace("\"", ""));
    } catch (NoSuchFileException _) {
      return Optional.empty();
    }
  }

  @Override
  public InputStream open(String key, long from, long length) throws IOException {
    ObjectStore.requireKey(key);
    if (length <= 0) {
      return InputStream.nullInputStream();
    }
    var range = ByteRange.header(from, length).orElse(null);
    return content(
        key, () -> client.getObject(request -> request.bucket(bucket).key(key).range(range)));
  }

  static InputStream content(String key, Supplier<ResponseInputStream<GetObjectResponse>> request)
      throws IOException {
    return new Content(call(key, request));
  }

  /// Closing early drops the connection instead of reading the rest of the object.
  private static final class Content extends FilterInputStream {
    private final ResponseInputStream<?> content;

    Content(ResponseInputStream<?> content) {
      super(content);
      this.content = content;
    }

    @Override
    public void close() throws IOException {
      if (content.read() >= 0) {
        content.abort();
      }
      super.close();
    }
  }

  @Override
  public void put(String key, InputStream content, long size) throws IOException {
    ObjectStore.requireKey(key);
    parts.put(key, content, size);
  }

  @Override
  public void put(String key, Path source) throws IOException {
    new S3Versions(client, bucket, parts).put(key, source);
  }

  @Override
  public List<ObjectSummary> summaries(String prefix) throws IOException {
    var pages =
        client.listObjectsV2Paginator(request -> request.bucket(bucket).prefix(prefix)).contents();
    return call(
        prefix,
        () ->
            pages.stream()
                .filter(object -> isObject(object.key()))
                .map(S3ObjectStore::summary)
                .sorted()
                .toList());
  }

  private static ObjectSummary summary(S3Object object) {
    return new ObjectSummary(
        object.key(), object.size(), Optional.ofNullable(object.lastModified()));
  }

  /// Consoles make an empty object whose name ends with a slash to show a folder.
  private static boolean isObject(String key) {
    return !key.endsWith("/");
  }

  @Override
  public List<StoredEntry> children(String folder) throws IOException {
    var prefix = folder.isEmpty() ? "" : ObjectStore.requireKey(folder) + "/";
    var pages =
        client.listObjectsV2Paginator(
            request -> request.bucket(bucket).prefix(prefix).delimiter("/"));
    return call(
        folder,
        () ->
            Stream.concat(
                    pages.commonPrefixes().stream().map(inner -> folder(inner, prefix)),
                    pages.contents().stream()
                        .filter(object -> isObject(object.key()))
                        .map(object -> file(object, prefix)))
                .sorted()
                .toList());
  }

  private static StoredEntry folder(CommonPrefix inner, String prefix) {
    var name = inner.prefix().substring(prefix.length(), inner.prefix().length() - 1);
    return new StoredEntry(name, true, 0);
  }

  private static StoredEntry file(S3Object object, String prefix) {
    return new StoredEntry(object.key().substring(prefix.length()), false, object.size());
  }

  @Override
  public void delete(String key) throws IOException {
    ObjectStore.requireKey(key);
    try {
      call(key, () -> client.deleteObject(request -> request.bucket(bucket).key(key)));
    } catch (NoSuchFileException _) {
      return; // some servers of the protocol answer 404, S3 does not
    }
  }

  @Override
  public Optional<SignedTransfers> signedTransfers() {
    return Optional.of(new S3SignedTransfers(client, presigner, bucket));
  }

  @Override
  public Optional<ObjectVersions> versions() {
    return Optional.of(new S3Versions(client, bucket, parts));
  }

  @Override
  public void close() {
    client.close();
    presigner.close();
  }
}
