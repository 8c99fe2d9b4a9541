package io.mlopscore.serving;

class LocalLimiterTest extends LimiterContract {
  @Override
  Limiter limiter(String name, RateLimit limit) {
    return new LocalLimiter(limit, time, 100);
  }
}
