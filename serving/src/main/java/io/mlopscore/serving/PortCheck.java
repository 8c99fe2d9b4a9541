package io.mlopscore.serving;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/// Tries a port before the web server does, which would only say that it failed.
final class PortCheck {
  private PortCheck() {}

  /// @throws SettingException if nobody can listen there
  static void run(String host, int port) {
    try (var probe = new ServerSocket()) {
      probe.setReuseAddress(true);
      probe.bind(new InetSocketAddress(host, port));
    } catch (IOException e) {
      throw taken(host, port, String.valueOf(e.getMessage()));
    }
  }

  static SettingException taken(String host, int port, String reason) {
    return new SettingException(
        "MLOPS_API_PORT",
        "port %d of %s cannot be used (%s); stop what uses it, or set MLOPS_API_PORT or --port"
            .formatted(port, host, reason));
  }
}
