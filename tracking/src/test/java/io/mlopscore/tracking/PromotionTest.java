package io.mlopscore.tracking;

import static io.mlopscore.tracking.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An alias moves, and the way back is known.
@NullUnmarked
class PromotionTest {
  @TempDir Path folder;
  private Tracking tracking;

  @BeforeEach
  void open() {
    tracking = Tracking.open(Tracking.DEFAULT_URI, folder);
    tracking.registry().createRegisteredModel("Iris", Map.of(), "");
    for (var i = 0; i < 3; i++) {
      tracking.registry().createVersion("Iris", "s3://bucket/m", null, null, Map.of());
    }
  }

  @AfterEach
  void close() {
    tracking.close();
  }

  @Test
  void newestVersionIsPromotedAndTheFormerRemembered() {
    assertThat(promote("1").former()).isEmpty();
    var moved = promote("latest");
    assertThat(moved.version()).isEqualTo(3);
    assertThat(moved.former()).contains(1);
    assertThat(tracking.registry().registeredModel("Iris").orElseThrow().tags())
        .containsEntry("mlops.previous.champion", "1");
  }

  @Test
  void previousGoesBackAndForth() {
    promote("1");
    promote("2");
    assertThat(promote("previous").version()).isEqualTo(1);
    assertThat(promote("previous").version()).isEqualTo(2);
  }

  @Test
  void aliasThatIsThereAlreadyStaysAndItsPastToo() {
    promote("1");
    promote("2");
    assertThat(promote("2").isUnchanged()).isTrue();
    assertThat(promote("previous").version()).isEqualTo(1);
  }

  @Test
  void versionIsNamedByNumberOrAlias() {
    tracking.registry().setAlias("Iris", "candidate", 2);
    assertThat(promote("@candidate").version()).isEqualTo(2);
    assertRefused(
        () -> promote("candidate"), ErrorCode.INVALID_PARAMETER_VALUE, "'candidate' is no version");
    assertRefused(
        () -> promote("@nobody"),
        ErrorCode.RESOURCE_DOES_NOT_EXIST,
        "Iris has no version '@nobody'");
  }

  private Promotion.Moved promote(String version) {
    return new Promotion(tracking.registry()).promote("Iris", version, "champion");
  }
}
