package io.mlopscore.serving;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Which web pages may call.
class CorsTest {
  @Test
  void a27InDevelopmentEveryPageMayCall() {
    try (var api = Api.start()) {
      var answer = preflight(api, "http://localhost:3000", "POST");

      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(origin(answer)).hasValue("*");
      assertThat(answer.headers().firstValue("Access-Control-Allow-Methods").orElse(""))
          .contains("GET", "POST");
      assertThat(answer.headers().firstValue("Access-Control-Allow-Headers")).hasValue("x-api-key");
      assertThat(origin(api.get("/", "Origin", "http://localhost:3000"))).hasValue("*");
    }
  }

  @Test
  void a28OnlyListedOriginsMayCall() {
    try (var api = Api.start("CORS_ORIGINS", "https://a.example, https://b.example")) {
      assertThat(preflight(api, "https://a.example", "POST").statusCode()).isEqualTo(200);
      assertThat(origin(preflight(api, "https://a.example", "POST"))).hasValue("https://a.example");
      assertThat(origin(preflight(api, "https://b.example", "GET")))
          .as("the space after the comma does not count")
          .hasValue("https://b.example");
      assertThat(preflight(api, "https://evil.example", "POST").statusCode()).isEqualTo(400);
      assertThat(origin(preflight(api, "https://evil.example", "POST"))).isEmpty();
      assertThat(preflight(api, "https://a.example", "DELETE").statusCode()).isEqualTo(400);
      assertThat(origin(api.get("/", "Origin", "https://a.example"))).hasValue("https://a.example");
      assertThat(origin(api.get("/", "Origin", "https://evil.example"))).isEmpty();
    }
  }

  private static HttpResponse<String> preflight(Api api, String origin, String method) {
    return api.send(
        "OPTIONS",
        "/predict",
        "",
        "Origin",
        origin,
        "Access-Control-Request-Method",
        method,
        "Access-Control-Request-Headers",
        "x-api-key");
  }

  private static Optional<String> origin(HttpResponse<String> answer) {
    return answer.headers().firstValue("Access-Control-Allow-Origin");
  }
}
