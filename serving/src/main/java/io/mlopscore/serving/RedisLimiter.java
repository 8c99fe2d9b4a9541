package io.mlopscore.serving;

import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.distributed.proxy.ProxyManager;
import java.nio.charset.StandardCharsets;

/// Counts in a Redis, together with the other processes of the service; while that is away, in this
/// process alone.
final class RedisLimiter implements Limiter {
  private final RedisLimits redis;
  private final ProxyManager<byte[]> buckets;
  private final String prefix;
  private final RateLimit limit;
  private final BucketConfiguration configuration;
  private final LocalLimiter alone;

  /// @param prefix of the keys
  RedisLimiter(
      RedisLimits redis,
      ProxyManager<byte[]> buckets,
      String prefix,
      RateLimit limit,
      TimeMeter time) {
    this.redis = redis;
    this.buckets = buckets;
    this.prefix = prefix;
    this.limit = limit;
    this.alone = new LocalLimiter(limit, time, Limits.MAX_CALLERS);
    var bandwidths = BucketConfiguration.builder();
    for (var bandwidth : Limiter.bandwidths(limit)) {
      bandwidths.addLimit(bandwidth);
    }
    this.configuration = bandwidths.build();
  }

  @Override
  public Usage take(Object caller) {
    return redis.ask(
        () ->
            Usage.of(
                limit,
                buckets.getProxy(key(caller), () -> configuration).tryConsumeAndReturnRemaining(1)),
        () -> alone.take(caller));
  }

  /// Most callers have no bucket yet, and must not get one by being asked about.
  @Override
  public boolean isExhausted(Object caller) {
    return redis.ask(
        () ->
            buckets.getProxyConfiguration(key(caller)).isPresent()
                && buckets.getProxy(key(caller), () -> configuration).getAvailableTokens() < 1,
        () -> alone.isExhausted(caller));
  }

  /// Another limit is another bucket, so that both of two settings hold while processes are
  /// replaced.
  private byte[] key(Object caller) {
    return (prefix + ":" + limit + ":" + caller).getBytes(StandardCharsets.UTF_8);
  }
}
