package io.mlopscore.app;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlopscore.app.Ports.PortSetting;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

@NullUnmarked
class PortsTest {
  @Test
  void takenPortIsNamedWithItsSetting() throws IOException {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var setting = new PortSetting("127.0.0.1", taken.getLocalPort(), "MLOPS_X", "--port");
      assertThatThrownBy(() -> Ports.requireFree(setting))
          .hasMessageContainingAll("port " + taken.getLocalPort(), "is taken", "MLOPS_X", "--port");
    }
  }

  /// 192.0.2.1 is for documentation (https://www.rfc-editor.org/rfc/rfc5737), nobody's own.
  @Test
  void addressOfAnotherMachineIsNotCalledTaken() {
    assertThatThrownBy(() -> Ports.requireFree(new PortSetting("192.0.2.1", 0, "MLOPS_X", "")))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("cannot listen on port 0 of 192.0.2.1: ");
  }
}
