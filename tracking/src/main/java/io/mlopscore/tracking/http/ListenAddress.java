package io.mlopscore.tracking.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/// Where a server listens, and what changes it. It says clearly why nobody can listen there, and
/// before any work is done for nothing; the web server itself tells only its log.
///
/// @param setting the environment variable that names the port
/// @param flag the same on the command line; empty if there is none
public record ListenAddress(String host, int port, String setting, String flag) {
  /// @throws IOException if something listens there already, or nobody may
  public void requireFree() throws IOException {
    try (var probe = new ServerSocket()) {
      probe.setReuseAddress(true);
      probe.bind(new InetSocketAddress(host, port));
    } catch (IOException e) {
      // the same exception says that the address is another machine's, or the port the system's
      throw String.valueOf(e.getMessage()).contains("in use")
          ? taken()
          : new IOException(
              "cannot listen on port %d of %s: %s; name an address of this machine, and a port that this user may have"
                  .formatted(port, host, e.getMessage()),
              e);
    }
  }

  /// For a server that somebody was faster than.
  public IOException taken() {
    return new IOException(
        "port %d of %s is taken; stop what listens there, or set %s%s to another one"
            .formatted(port, host, setting, flag.isEmpty() ? "" : " or " + flag));
  }
}
