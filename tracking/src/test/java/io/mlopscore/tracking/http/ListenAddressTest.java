package io.mlopscore.tracking.http;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

@NullUnmarked
class ListenAddressTest {
  @Test
  void takenPortIsNamedWithItsSetting() throws IOException {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var address = new ListenAddress("127.0.0.1", taken.getLocalPort(), "MLOPS_X", "--port");
      assertThatThrownBy(address::requireFree)
          .hasMessageContainingAll("port " + taken.getLocalPort(), "is taken", "MLOPS_X", "--port");
    }
  }

  /// 192.0.2.1 is for documentation (https://www.rfc-editor.org/rfc/rfc5737), nobody's own.
  @Test
  void addressOfAnotherMachineIsNotCalledTaken() {
    assertThatThrownBy(new ListenAddress("192.0.2.1", 0, "MLOPS_X", "")::requireFree)
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("cannot listen on port 0 of 192.0.2.1: ");
  }
}
