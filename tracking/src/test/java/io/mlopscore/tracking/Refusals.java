package io.mlopscore.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/// Looks at what a store refuses.
final class Refusals {
  private Refusals() {}

  static void assertRefused(Runnable work, ErrorCode code, String message) {
    assertThatThrownBy(work::run)
        .isInstanceOfSatisfying(TrackingException.class, e -> assertThat(e.code()).isEqualTo(code))
        .hasMessageContaining(message);
  }
}
