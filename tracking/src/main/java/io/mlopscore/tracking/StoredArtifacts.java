package io.mlopscore.tracking;

import io.mlopscore.storage.ObjectStores;
import io.mlopscore.storage.ObjectStores.Place;
import java.util.List;
import java.util.Map;

/// Artifacts in folders of this machine and in buckets, which this process reads and writes itself.
///
/// `mlflow-artifacts:/1/abc` is `1/abc` below the destination, as behind `mlflow server`, whichever
/// server the URI names; other URIs and plain paths are what they say.
public final class StoredArtifacts implements Artifacts, AutoCloseable {
  private static final String PROXIED = "mlflow-artifacts:";
  private static final String ROUTE = "/api/2.0/mlflow-artifacts/artifacts";

  private final ObjectStores stores;
  private final String destination;

  /// @param destination where `mlflow-artifacts:/` begins: a path, `file:///...`, `s3://...`,
  ///     `gs://...`
  /// @param environment where the endpoints of clouds are named
  public StoredArtifacts(String destination, Map<String, String> environment) {
    if (!ObjectStores.knows(destination)) {
      throw unreachable(destination);
    }
    this.stores = new ObjectStores(environment);
    this.destination = destination;
  }

  /// Whether a URI names the proxy of a server.
  public static boolean isProxied(String uri) {
    return uri.startsWith(PROXIED) || (uri.startsWith("http") && uri.contains(ROUTE));
  }

  @Override
  public ArtifactRepository repository(String uri) {
    if (isProxied(uri)) {
      return new StoredRepository(place(destination).below(proxiedPath(uri)));
    }
    if (!ObjectStores.knows(uri)) {
      throw unreachable(uri);
    }
    // Others than the owner of the place choose the URI: it must say plainly where it leads.
    if (List.of(uri.split("[/\\\\]", -1)).contains("..")) {
      throw ArtifactPath.invalid();
    }
    return new StoredRepository(place(uri));
  }

  private Place place(String uri) {
    try {
      return stores.open(uri);
    } catch (IllegalArgumentException e) {
      throw new TrackingException(
          ErrorCode.INVALID_PARAMETER_VALUE, "Invalid artifact location: " + e.getMessage(), e);
    }
  }

  /// The path below the destination: `mlflow-artifacts://host:port/1/x` is `1/x`.
  static String proxiedPath(String uri) {
    var path =
        uri.startsWith(PROXIED)
            ? uri.substring(PROXIED.length()).replaceFirst("^//[^/]*", "")
            : uri.substring(uri.indexOf(ROUTE) + ROUTE.length());
    return ArtifactPath.of(path.replaceFirst("^/+", ""));
  }

  private static TrackingException unreachable(String uri) {
    return new TrackingException(
        ErrorCode.NOT_IMPLEMENTED,
        uri + ": artifacts of this kind cannot be reached; local folders, s3:// and gs:// can.");
  }

  @Override
  public void close() {
    stores.close();
  }
}
