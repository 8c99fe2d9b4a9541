package io.mlopscore.serving;

import io.github.bucket4j.TimeMeter;

/// Where requests are counted: in this process, or in common with others of the same service.
interface Limits extends AutoCloseable {
  int MAX_CALLERS = 20_000;

  /// @param name what is limited, which tells its callers from those of other limits
  Limiter limiter(String name, RateLimit limit);

  @Override
  void close();

  /// As the settings say. Without a Redis nothing of it is loaded.
  static Limits of(
      ServingSettings settings, ServingLog log, ServingMetrics metrics, TimeMeter time) {
    if (settings.limitsRedis().isEmpty()) {
      return new Local(time);
    }
    var redis = new RedisLimits(settings.limitsRedis().get(), settings.modelName(), log, time);
    metrics.watchLimits(redis::isShared);
    redis.look();
    return redis;
  }

  /// @param time with which periods are measured
  record Local(TimeMeter time) implements Limits {
    @Override
    public Limiter limiter(String name, RateLimit limit) {
      return new LocalLimiter(limit, time, MAX_CALLERS);
    }

    @Override
    public void close() {}
  }
}
