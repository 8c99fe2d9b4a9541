package io.mlopscore.serving;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/// What every limiter must keep, wherever it counts.
abstract class LimiterContract {
  /// A clock that goes on when it is told to.
  static final class Hands implements TimeMeter {
    private final AtomicLong nanos =
        new AtomicLong(TimeMeter.SYSTEM_MILLISECONDS.currentTimeNanos());

    void wait(Duration time) {
      nanos.addAndGet(time.toNanos());
    }

    @Override
    public long currentTimeNanos() {
      return nanos.get();
    }

    @Override
    public boolean isWallClockBased() {
      return true;
    }
  }

  final Hands time = new Hands();

  /// @param name another one for each limiter that must not share
  abstract Limiter limiter(String name, RateLimit limit);

  static RateLimit perMinute(int count) {
    return new RateLimit(count, Duration.ofMinutes(1));
  }

  @Test
  void asManyPassAsTheLimitSays() {
    var limiter = limiter("count", perMinute(2));
    assertThat(limiter.take("ada")).isEqualTo(new Limiter.Usage(perMinute(2), true, 1, 60));
    assertThat(limiter.take("ada").remaining()).isZero();
    var refused = limiter.take("ada");
    assertThat(refused.allowed()).isFalse();
    assertThat(refused.seconds()).isEqualTo(60);
  }

  @Test
  void callersDoNotShare() {
    var limiter = limiter("callers", perMinute(1));
    assertThat(limiter.take("ada").allowed()).isTrue();
    assertThat(limiter.take("bob").allowed()).isTrue();
    assertThat(limiter.take("ada").allowed()).isFalse();
  }

  @Test
  void limitsDoNotShare() {
    assertThat(limiter("one", perMinute(1)).take("ada").allowed()).isTrue();
    assertThat(limiter("other", perMinute(1)).take("ada").allowed()).isTrue();
  }

  @Test
  void afterThePeriodAllAreBack() {
    var limiter = limiter("period", perMinute(2));
    limiter.take("ada");
    limiter.take("ada");
    time.wait(Duration.ofMinutes(1));
    assertThat(limiter.take("ada").allowed()).isTrue();
    assertThat(limiter.take("ada").allowed()).isTrue();
    assertThat(limiter.take("ada").allowed()).isFalse();
  }

  @Test
  void twoBurstsCannotMeetAtTheEndOfAPeriod() {
    var limiter = limiter("bursts", perMinute(10));
    limiter.take("ada"); // begins the period
    time.wait(Duration.ofSeconds(59));
    for (int i = 0; i < 9; i++) {
      assertThat(limiter.take("ada").allowed()).isTrue();
    }
    time.wait(Duration.ofSeconds(1));
    assertThat(limiter.take("ada").allowed()).isTrue();
    assertThat(limiter.take("ada").allowed()).isFalse();
  }

  @Test
  void askingTakesNothing() {
    var limiter = limiter("asking", perMinute(1));
    assertThat(limiter.isExhausted("ada")).isFalse();
    assertThat(limiter.isExhausted("ada")).isFalse();
    assertThat(limiter.take("ada").allowed()).isTrue();
    assertThat(limiter.isExhausted("ada")).isTrue();
    time.wait(Duration.ofMinutes(1));
    assertThat(limiter.isExhausted("ada")).isFalse();
  }

  @Test
  void manyAtOnceGetNoMoreThanTheLimit() throws Exception {
    var limiter = limiter("many", perMinute(20));
    int allowed = 0;
    try (var threads = Executors.newFixedThreadPool(8)) {
      var answers = new ArrayList<Future<Boolean>>();
      for (int i = 0; i < 60; i++) {
        Callable<Boolean> one = () -> limiter.take("ada").allowed();
        answers.add(threads.submit(one));
      }
      for (var answer : answers) {
        allowed += answer.get() ? 1 : 0;
      }
    }
    assertThat(allowed).isEqualTo(20);
  }
}
