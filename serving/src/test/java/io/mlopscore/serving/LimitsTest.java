package io.mlopscore.serving;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// How often one may ask.
class LimitsTest {
  private static final String[] AS_BEFORE = {
    "MLOPS_LIMIT_HEALTH", "30/minute",
    "MLOPS_LIMIT_PREDICT", "10/minute",
    "MLOPS_LIMIT_INFO", "20/minute"
  };

  @Test
  void a20TheEleventhPredictionInAMinuteIsRefused() {
    try (var api = Api.start(AS_BEFORE)) {
      var answers = repeat(11, _ -> api.predict(Api.OK));

      assertThat(statuses(answers.subList(0, 10))).containsOnly(200);
      assertThat(answers.getLast().statusCode()).isEqualTo(429);
      assertThat(answers.getLast().body())
          .isEqualTo("{\"error\":\"Rate limit exceeded: 10 per 1 minute\"}");
    }
  }

  @Test
  void a21HealthAndInfoHaveTheirOwnLimits() {
    try (var api = Api.start(AS_BEFORE)) {
      var health = repeat(31, _ -> api.get("/health"));
      var info = repeat(21, _ -> api.get("/model/info", "X-API-Key", Api.KEY));

      assertThat(statuses(health.subList(0, 30))).containsOnly(200);
      assertThat(health.getLast().statusCode()).isEqualTo(429);
      assertThat(statuses(info.subList(0, 20))).containsOnly(200);
      assertThat(info.getLast().statusCode()).isEqualTo(429);
    }
  }

  @Test
  void probesHaveNoLimit() {
    try (var api = Api.start(AS_BEFORE)) {
      assertThat(statuses(repeat(40, _ -> api.get("/health/live")))).containsOnly(200);
      assertThat(statuses(repeat(40, _ -> api.get("/health/ready")))).containsOnly(200);
    }
  }

  @Test
  void a22ARefusalSaysWhenToComeBack() {
    try (var api = Api.start("MLOPS_LIMIT_PREDICT", "1/hour")) {
      var first = api.predict(Api.OK).headers();
      var second = api.predict(Api.OK).headers();

      assertThat(first.firstValue("RateLimit-Limit")).hasValue("1");
      assertThat(first.firstValue("RateLimit-Remaining")).hasValue("0");
      assertThat(first.firstValue("X-Model-Version")).hasValue("1");
      assertThat(second.firstValueAsLong("Retry-After").orElse(0)).isBetween(3000L, 3600L);
      assertThat(second.firstValue("RateLimit-Limit")).hasValue("1");
      assertThat(second.firstValue("RateLimit-Remaining")).hasValue("0");
    }
  }

  @Test
  void a23ForwardedAddressesOfStrangersDoNotCount() {
    try (var api = Api.start(AS_BEFORE)) {
      var answers =
          repeat(
              11,
              i ->
                  api.post(
                      "/predict",
                      Api.OK,
                      "X-API-Key",
                      Api.KEY,
                      "X-Forwarded-For",
                      "203.0.113." + i));

      assertThat(answers.getLast().statusCode()).isEqualTo(429);
    }
  }

  @Test
  void a24BehindATrustedProxyTheLastUntrustedHopCounts() {
    try (var api =
        Api.start("MLOPS_LIMIT_HEALTH", "2/minute", "TRUSTED_PROXIES", "127.0.0.0/8, 10.0.0.0/8")) {
      var real =
          repeat(3, i -> api.get("/health", "X-Forwarded-For", "9.9.9." + i + ", 198.51.100.7"));
      var viaTwo = api.get("/health", "X-Forwarded-For", "9.9.9.9, 198.51.100.7, 10.1.2.3");
      var other = api.get("/health", "X-Forwarded-For", "198.51.100.7, 198.51.100.8");

      assertThat(statuses(real)).containsExactly(200, 200, 429);
      assertThat(viaTwo.statusCode()).isEqualTo(429);
      assertThat(other.statusCode()).isEqualTo(200);
    }
  }

  @Test
  void a25GuessingKeysIsSlowedDownEvenWithoutLimits() {
    try (var api = Api.start()) {
      var guesses = repeat(40, i -> api.post("/predict", Api.OK, "X-API-Key", "guess" + i));

      assertThat(statuses(guesses).subList(0, 20)).containsOnly(403);
      assertThat(statuses(guesses).subList(20, 40)).containsOnly(429);
    }
  }

  @Test
  void httpsIsBelievedOnlyFromATrustedProxy() {
    try (var trusting = Api.start("TRUSTED_PROXIES", "127.0.0.1");
        var plain = Api.start()) {
      assertThat(hsts(trusting.get("/", "X-Forwarded-Proto", "https"))).isTrue();
      assertThat(hsts(trusting.get("/"))).isFalse();
      assertThat(hsts(plain.get("/", "X-Forwarded-Proto", "https"))).isFalse();
    }
  }

  private static boolean hsts(HttpResponse<String> answer) {
    return answer.headers().firstValue("Strict-Transport-Security").isPresent();
  }

  private static List<HttpResponse<String>> repeat(
      int times, IntFunction<HttpResponse<String>> call) {
    return IntStream.range(0, times).mapToObj(call).toList();
  }

  private static List<Integer> statuses(List<HttpResponse<String>> answers) {
    return answers.stream().map(HttpResponse::statusCode).toList();
  }
}
