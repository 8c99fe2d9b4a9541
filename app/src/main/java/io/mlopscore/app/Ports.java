package io.mlopscore.app;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/// Says clearly that a port is taken, and before any work is done for nothing.
final class Ports {
  /// A port to listen on, and the setting that changes it.
  record PortSetting(String host, int port, String environmentName, String flag) {}

  private Ports() {}

  /// @throws IOException if something listens there already
  static void requireFree(PortSetting setting) throws IOException {
    try (var probe = new ServerSocket()) {
      probe.setReuseAddress(true);
      probe.bind(new InetSocketAddress(setting.host(), setting.port()));
    } catch (IOException _) {
      throw taken(setting);
    }
  }

  static IOException taken(PortSetting setting) {
    return new IOException(
        "port "
            + setting.port()
            + " of "
            + setting.host()
            + " is taken; stop what listens there, or set "
            + setting.environmentName()
            + (setting.flag().isEmpty() ? "" : " or " + setting.flag())
            + " to another one");
  }
}
