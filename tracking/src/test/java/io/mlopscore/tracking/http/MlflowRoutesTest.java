package io.mlopscore.tracking.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MlflowRoutesTest {
  private final MlflowRoutes routes = MlflowRoutes.read();

  @Test
  void pathUnderApiHasATwinForPages() {
    assertThat(routes.methods("/api/2.0/mlflow/runs/create")).containsExactly("POST");
    assertThat(routes.methods("/ajax-api/2.0/mlflow/runs/create")).containsExactly("POST");
    assertThat(routes.methods("/ajax-api/2.0/mlflow/upload-artifact")).containsExactly("POST");
    assertThat(routes.methods("/api/2.0/mlflow/upload-artifact")).isEmpty();
  }

  @Test
  void variableIsOneSegmentUnlessItIsAPath() {
    assertThat(routes.methods("/api/2.0/mlflow/webhooks/a")).contains("PATCH");
    assertThat(routes.methods("/api/2.0/mlflow/webhooks/a/b")).isEmpty();
    assertThat(routes.methods("/api/2.0/mlflow-artifacts/artifacts/a/b")).contains("PUT");
  }

  @Test
  void dotIsADot() {
    assertThat(routes.methods("/api/2x0/mlflow/runs/create")).isEmpty();
  }
}
