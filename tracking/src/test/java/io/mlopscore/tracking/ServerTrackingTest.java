package io.mlopscore.tracking;

import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.mlopscore.tracking.http.HostCheck;
import io.mlopscore.tracking.http.TrackingRoutes;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Tracking through our client and our server: the calls must carry everything across.
@NullUnmarked
class ServerTrackingTest
    implements TrackingStoreContract, ModelRegistryContract, ArtifactsContract {
  @TempDir Path folder;
  private Tracking served;
  private WebServer server;
  private Tracking tracking;

  @BeforeEach
  void open() {
    served = Tracking.open(Tracking.DEFAULT_URI, folder);
    var routing =
        HttpRouting.builder().addFilter(new HostCheck()).register(new TrackingRoutes(served));
    server =
        WebServer.builder()
            .host("127.0.0.1")
            .port(0)
            .shutdownHook(false)
            .addRouting(routing)
            .build()
            .start();
    tracking = Tracking.open("http://127.0.0.1:" + server.port(), folder);
  }

  @AfterEach
  void close() {
    tracking.close();
    server.stop();
    served.close();
  }

  @Test
  void callerCannotRegisterAFileOfTheServer() {
    registry().createRegisteredModel("Files", Map.of(), "");
    TrackingStoreContract.assertRefused(
        () -> registry().createVersion("Files", "file:///etc", null, null, Map.of()),
        ErrorCode.INVALID_PARAMETER_VALUE,
        "Invalid model version source");
  }

  @Override
  public TrackingStore store() {
    return tracking.store();
  }

  @Override
  public ModelRegistry registry() {
    return tracking.registry();
  }

  @Override
  public Artifacts artifacts() {
    return tracking.artifacts();
  }
}
