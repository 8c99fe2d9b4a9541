package io.mlopscore.serving;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

/// A service whose Redis was never there starts, and limits by itself.
class NoRedisTest {
  @Test
  void limitsHoldWithoutTheRedisThatShouldCountThem() throws Exception {
    int nobody;
    try (var probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = probe.getLocalPort();
    }
    try (var api =
        Api.start(
            "MLOPS_LIMIT_HEALTH",
            "2/minute",
            "MLOPS_LIMITS_REDIS",
            "redis://127.0.0.1:" + nobody)) {
      assertThat(api.get("/health").statusCode()).isEqualTo(200);
      assertThat(api.get("/health").statusCode()).isEqualTo(200);
      assertThat(api.get("/health").statusCode()).isEqualTo(429);
      assertThat(api.get("/metrics").body()).contains("rate_limits_shared 0.0");
      api.server.stop();
      assertThat(api.log()).containsOnlyOnce("limits_local").contains("127.0.0.1:" + nobody);
    }
  }
}
