package io.mlopscore.serving;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// What the service says while it has nothing to serve, and that it recovers by itself.
class NoModelTest {
  @Test
  void a04AliveButNotReady() {
    try (var api = Api.start(Flowers.empty())) {
      assertThat(api.get("/health").statusCode()).isEqualTo(200);
      assertThat(api.get("/health").body())
          .isEqualTo("{\"status\":\"unhealthy\",\"model_loaded\":false,\"version\":\"1.0.0\"}");
      assertThat(api.get("/health/live").statusCode()).isEqualTo(200);
      assertThat(api.get("/health/ready").statusCode()).isEqualTo(503);
      assertThat(api.get("/metrics").body()).contains("model_loaded 0.0");
      assertThat(api.get("/openapi.json").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void a05InfoIsNotFound() {
    try (var api = Api.start(Flowers.empty())) {
      var answer = api.get("/model/info", "X-API-Key", Api.KEY);

      assertThat(answer.statusCode()).isEqualTo(404);
      assertThat(answer.body()).contains("\"detail\":\"");
    }
  }

  @Test
  void a07PredictIsUnavailable() {
    try (var api = Api.start(Flowers.empty())) {
      var answer = api.predict(Api.OK);

      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.body()).contains("Model not loaded");
    }
  }

  @Test
  void aModelThatComesLaterIsServed() {
    var flowers = Flowers.empty();
    try (var api = Api.start(flowers)) {
      flowers.put("1", new FlowerModel());
      api.server.checkModel();

      assertThat(api.get("/health/ready").statusCode()).isEqualTo(200);
      assertThat(api.predict(Api.OK).statusCode()).isEqualTo(200);
    }
  }
}
