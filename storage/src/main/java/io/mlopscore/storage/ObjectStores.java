package io.mlopscore.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The stores behind URIs: `s3://bucket/...`, `gs://bucket/...`, `file:///...`, or a plain path.
///
/// A cloud's library is loaded when the first URI of its kind is opened, never before. One bucket
/// is one store, however many prefixes of it are used.
public final class ObjectStores implements AutoCloseable {
  private final Map<String, ObjectStore> buckets = new ConcurrentHashMap<>();
  private final Map<String, String> environment;

  /// @param environment where endpoints are named: `MLFLOW_S3_ENDPOINT_URL`,
  ///     `STORAGE_EMULATOR_HOST`; credentials come from where the cloud's own tools find them
  public ObjectStores(Map<String, String> environment) {
    this.environment = environment;
  }

  /// The store of a URI, and the key at which the URI begins in it.
  ///
  /// @param key empty if the URI names the whole store
  public record Place(ObjectStore store, String key) {
    /// A place below this one.
    public Place below(String path) {
      return new Place(store, key.isEmpty() || path.isEmpty() ? key + path : key + "/" + path);
    }
  }

  /// Whether a URI is of a kind that can be opened.
  public static boolean knows(String uri) {
    return uri.startsWith("file:") || isBucket(uri) || !hasScheme(uri);
  }

  private static boolean isBucket(String uri) {
    return uri.startsWith("s3://") || uri.startsWith("gs://");
  }

  private static boolean hasScheme(String uri) {
    return uri.matches("[a-zA-Z][a-zA-Z0-9+.-]+:.*");
  }

  /// @throws IllegalArgumentException for a URI of another kind
  public Place open(String uri) {
    if (isBucket(uri)) {
      return openBucket(uri);
    }
    if (uri.startsWith("file:")) {
      return new Place(LocalObjectStore.durable(fileOf(uri)), "");
    }
    if (hasScheme(uri)) {
      throw new IllegalArgumentException(
          uri + ": only local folders, s3:// and gs:// can be reached");
    }
    return new Place(LocalObjectStore.durable(Path.of(uri)), "");
  }

  private static Path fileOf(String uri) {
    var path = URI.create(uri).getPath();
    if (path == null || path.isEmpty()) {
      throw new IllegalArgumentException(uri + ": write file:///absolute/path");
    }
    return Path.of(path);
  }

  /// A query in the URI, which MLflow keeps on artifact roots, names no object.
  private Place openBucket(String uri) {
    var path = uri.substring(5).replaceFirst("\\?.*", "");
    var slash = path.indexOf('/');
    var bucket = slash < 0 ? path : path.substring(0, slash);
    if (bucket.isEmpty()) {
      throw new IllegalArgumentException(uri + ": a bucket is missing");
    }
    var key = slash < 0 ? "" : path.substring(slash + 1).replaceFirst("^/+", "");
    var scheme = uri.substring(0, 2);
    var store = buckets.computeIfAbsent(scheme + bucket, _ -> connect(scheme, bucket));
    return new Place(store, key.endsWith("/") ? key.replaceFirst("/+$", "") : key);
  }

  private ObjectStore connect(String scheme, String bucket) {
    try {
      return scheme.equals("s3")
          ? S3ObjectStore.connect(bucket, environment)
          : GcsObjectStore.connect(bucket, environment);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A store with options of its own, for one user of it: who opens it closes it.
  ///
  /// @param where a bucket or container; for a web server the URL that keys are appended to; for a
  ///     machine `host/absolute/path`
  /// @param environment what the options leave open, as for the constructor
  public static ObjectStore connect(
      String where, StoreOptions options, Map<String, String> environment) throws IOException {
    return switch (options) {
      case S3Options s3 -> S3ObjectStore.connect(where, environment, s3);
      case GcsOptions gcs -> GcsObjectStore.connect(where, environment, gcs);
      case HttpOptions http -> HttpObjectStore.connect(where, http);
      case AzureOptions azure -> AzureObjectStore.connect(where, azure);
      case SshOptions ssh -> SshObjectStore.connect(where, ssh, environment);
    };
  }

  @Override
  public void close() {
    buckets.values().forEach(ObjectStore::close);
  }
}
