package io.mlopscore.tracking;

import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.mlopscore.tracking.http.HttpFrame;
import java.time.Duration;

/// Starts servers that are spoken to as `mlops server` is, each on a port that the system chooses.
public final class FreePort {
  private FreePort() {}

  public static WebServer serve(HttpRouting.Builder routing) {
    return serve(routing, Duration.ofMinutes(1));
  }

  /// @param patience after how long callers are cut that keep the server waiting
  static WebServer serve(HttpRouting.Builder routing, Duration patience) {
    return HttpFrame.server(patience).host("127.0.0.1").port(0).addRouting(routing).build().start();
  }
}
