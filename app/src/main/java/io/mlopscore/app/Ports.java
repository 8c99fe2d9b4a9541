package io.mlopscore.app;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/// Says clearly why nobody can listen on a port, and before any work is done for nothing.
final class Ports {
  /// A port to listen on, and the setting that changes it.
  record PortSetting(String host, int port, String environmentName, String flag) {}

  private Ports() {}

  /// @throws IOException if something listens there already, or nobody may
  static void requireFree(PortSetting setting) throws IOException {
    try (var probe = new ServerSocket()) {
      probe.setReuseAddress(true);
      probe.bind(new InetSocketAddress(setting.host(), setting.port()));
    } catch (IOException e) {
      // the same exception says that the address is another machine's, or the port the system's
      throw String.valueOf(e.getMessage()).contains("in use")
          ? taken(setting)
          : new IOException(
              "cannot listen on port %d of %s: %s; name an address of this machine, and a port that this user may have"
                  .formatted(setting.port(), setting.host(), e.getMessage()),
              e);
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
