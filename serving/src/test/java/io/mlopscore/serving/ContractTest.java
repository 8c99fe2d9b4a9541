package io.mlopscore.serving;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The cases of the original service's contract that need no limit and no restart, by number.
class ContractTest {
  private static Api api;

  @BeforeAll
  static void start() {
    api = Api.start();
  }

  @AfterAll
  static void stop() {
    api.close();
  }

  @Test
  void a08AValidRowIsClassified() {
    var answer = api.predict(Api.OK);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .isEqualTo(
            "{\"prediction\":\"setosa\",\"confidence\":1.0,\"probabilities\":"
                + "{\"setosa\":1.0,\"versicolor\":0.0,\"virginica\":0.0}}");
  }
}
