package io.mlopscore.tracking.http;

import io.mlopscore.tracking.ArtifactRepository;
import io.mlopscore.tracking.Artifacts;
import io.mlopscore.tracking.StoredArtifacts;
import java.net.URI;
import java.util.Map;

/// Artifacts through the proxy of a tracking server; those that the server keeps elsewhere (a
/// folder of this machine, a bucket) are reached directly, as MLflow's client does.
public final class RestArtifacts implements Artifacts, AutoCloseable {
  private static final String PROXIED = "mlflow-artifacts:";

  private final RestClient client;
  private final StoredArtifacts direct;

  /// @param environment where the endpoints of clouds are named
  public RestArtifacts(RestClient client, Map<String, String> environment) {
    this.client = client;
    this.direct = new StoredArtifacts("", environment);
  }

  @Override
  public ArtifactRepository repository(String uri) {
    if (!uri.startsWith(PROXIED)) {
      return direct.repository(uri);
    }
    return new RestRepository(client, server(uri), RestRepository.path(uri));
  }

  /// `mlflow-artifacts://host:port/...` is behind that server, spoken to as the tracking server is;
  /// without a host it is behind the tracking server.
  private String server(String uri) {
    var authority = uri.startsWith(PROXIED + "//") ? URI.create(uri).getRawAuthority() : null;
    return authority == null ? client.server() : client.scheme() + "://" + authority;
  }

  @Override
  public void close() {
    direct.close();
  }
}
