package io.mlopscore.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalArtifactsTest {
  @TempDir Path root;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mlflow-artifacts:/../secret",
        "mlflow-artifacts:/a/../../secret",
        "mlflow-artifacts:/a/../b",
        "mlflow-artifacts:/a\\..\\b",
        "mlflow-artifacts:/a#b"
      })
  void pathOutsideTheRootIsRefused(String uri) {
    assertThatThrownBy(() -> new LocalArtifacts(root).path(uri))
        .isInstanceOf(TrackingException.class)
        .hasMessageContaining("Invalid path");
  }

  @Test
  void serverInTheUriIsPassedOver() {
    assertThat(new LocalArtifacts(root).path("mlflow-artifacts://host:5000/1/x"))
        .isEqualTo(root.resolve("1/x"));
  }
}
