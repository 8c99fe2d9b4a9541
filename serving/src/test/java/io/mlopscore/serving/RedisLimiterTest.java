package io.mlopscore.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlopscore.tracking.Secret;
import io.mlopscore.tracking.observability.TraceName;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Limits that processes count together, and what they do while they cannot.
class RedisLimiterTest extends LimiterContract {
  private static final Duration LONGER_THAN_THE_PAUSE = Duration.ofSeconds(3);

  @TempDir Path folder;
  private final ByteArrayOutputStream output = new ByteArrayOutputStream();
  private final List<RedisLimits> opened = new ArrayList<>();
  private RedisServer redis;
  private ServingLog log;

  @BeforeEach
  void start() throws IOException {
    redis = RedisServer.start(folder);
    log = new ServingLog(output, ServingLog.Level.INFO, Clock.systemUTC(), new TraceName(""));
    log.start();
  }

  @AfterEach
  void stop() {
    opened.forEach(RedisLimits::close);
    if (log != null) {
      log.close();
    }
    if (redis != null) {
      redis.close();
    }
  }

  @Override
  Limiter limiter(String name, RateLimit limit) {
    return process(Secret.of(redis.uri())).limiter(name, limit);
  }

  private RedisLimits process(Secret uri) {
    var limits = new RedisLimits(new RedisAddress(uri), "iris", log, time);
    opened.add(limits);
    return limits;
  }

  private String told() {
    log.close();
    return output.toString(StandardCharsets.UTF_8);
  }

  @Test
  void processesCountTogether() {
    var one = limiter("shared", perMinute(3));
    var other = limiter("shared", perMinute(3));
    assertThat(one.take("ada").remaining()).isEqualTo(2);
    assertThat(other.take("ada").remaining()).isEqualTo(1);
    assertThat(one.take("ada").remaining()).isZero();
    assertThat(other.isExhausted("ada")).isTrue();
    assertThat(other.take("ada").allowed()).isFalse();
  }

  @Test
  void whatIsKeptGoesByItself() throws Exception {
    var limiter = limiter("kept", perMinute(1));
    limiter.isExhausted("bob");
    assertThat(redis.tell("DBSIZE")).startsWith(":0");
    limiter.take("ada");
    assertThat(redis.tell("DBSIZE")).startsWith(":1");
    assertThat(redis.tell("TTL \"mlops:limits:iris:kept:1 per 1 minute:ada\""))
        .matches(":(6\\d|70)\\s*");
  }

  @Test
  void whileRedisIsAwayEachProcessCountsAloneAndSaysSoOnce() throws Exception {
    var limits = process(Secret.of(redis.uri()));
    var limiter = limits.limiter("away", perMinute(2));
    assertThat(limiter.take("ada").allowed()).isTrue();
    redis.stop();
    assertThat(limiter.take("ada").remaining()).isEqualTo(1);
    assertThat(limiter.take("ada").remaining()).isZero();
    assertThat(limiter.take("ada").allowed()).isFalse();
    assertThat(limiter.isExhausted("ada")).isTrue();
    assertThat(limits.isShared()).isFalse();
    time.wait(LONGER_THAN_THE_PAUSE);
    assertThat(limiter.take("ada").allowed()).isFalse();
    redis.startAgain();
    assertThat(limiter.take("bob").allowed()).isTrue();
    assertThat(limits.isShared()).as("looked at after a pause only").isFalse();
    time.wait(LONGER_THAN_THE_PAUSE);
    assertThat(limiter.take("ada").remaining()).isEqualTo(1);
    assertThat(limits.isShared()).isTrue();
    assertThat(told()).containsOnlyOnce("limits_local").containsOnlyOnce("limits_shared");
  }

  @Test
  void connectionsShowThePasswordThatTheFileHoldsWhenTheyAreMade() throws Exception {
    redis.close();
    redis = RedisServer.start(folder, "--requirepass", "first");
    var file = Files.writeString(folder.resolve("uri"), redis.uri("first"));
    var env = Map.of("MLOPS_LIMITS_REDIS_FILE", file.toString());
    var limits = process(Secret.find("MLOPS_LIMITS_REDIS", env).orElseThrow());
    var limiter = limits.limiter("password", perMinute(2));
    limiter.take("ada");
    assertThat(limits.isShared()).isTrue();
    redis.close();
    redis.startAgainWith("second");
    limiter.take("ada");
    assertThat(limits.isShared()).isFalse();
    Files.writeString(file, redis.uri("second"));
    time.wait(LONGER_THAN_THE_PAUSE);
    limiter.take("ada");
    assertThat(limits.isShared()).isTrue();
    assertThat(told()).doesNotContain("second", "first");
  }

  @Test
  void servicesLimitTheirCallersTogetherAndTellWhetherTheyDo() {
    var settings =
        new String[] {"MLOPS_LIMIT_HEALTH", "3/minute", "MLOPS_LIMITS_REDIS", redis.uri()};
    try (var one = Api.start(settings);
        var other = Api.start(settings)) {
      assertThat(one.get("/health").statusCode()).isEqualTo(200);
      assertThat(other.get("/health").statusCode()).isEqualTo(200);
      assertThat(one.get("/health").statusCode()).isEqualTo(200);
      assertThat(other.get("/health").statusCode()).isEqualTo(429);
      assertThat(one.get("/metrics").body()).contains("rate_limits_shared 1.0");
    }
  }

  @Test
  void addressIsCheckedAtTheStartAndItsPasswordNeverShown() {
    for (var wrong :
        List.of("http://:secret@redis", "redis:6379", "redis://", "redis://:se cret@h")) {
      assertThatThrownBy(() -> RedisAddress.find(Map.of("MLOPS_LIMITS_REDIS", wrong)))
          .isInstanceOf(SettingException.class)
          .hasMessageContaining("MLOPS_LIMITS_REDIS")
          .hasMessageNotContaining("cret@");
    }
    assertThat(new RedisAddress(Secret.of("redis://:secret@cache/1")).toString())
        .isEqualTo("redis://cache:6379");
  }
}
