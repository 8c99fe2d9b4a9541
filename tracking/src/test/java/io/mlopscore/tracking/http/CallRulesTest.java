package io.mlopscore.tracking.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlopscore.tracking.Tracking;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CallRulesTest {
  @TempDir Path folder;

  /// Without one a call is for admins only. Find out what MLflow asks for, and add it.
  @Test
  void everyCallHasARule() {
    try (var tracking = Tracking.open(Tracking.DEFAULT_URI, folder)) {
      var rules = new CallRules(tracking);
      assertThat(new TrackingRoutes(tracking).calls()).isNotEmpty().allMatch(rules::has);
    }
  }
}
