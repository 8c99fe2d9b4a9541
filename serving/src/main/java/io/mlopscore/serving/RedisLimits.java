package io.mlopscore.serving;

import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.distributed.ExpirationAfterWriteStrategy;
import io.github.bucket4j.distributed.proxy.ProxyManager;
import io.github.bucket4j.redis.jedis.Bucket4jJedis;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.DefaultRedisCredentials;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisPooled;
import redis.clients.jedis.RedisCredentials;

/// Counts limits in a Redis, so that they hold over all processes of a service together.
///
/// A Redis that does not answer must neither keep callers out nor let them all in: each process
/// then counts for itself, says so once, and looks again after a pause. One request at a time waits
/// for that look.
final class RedisLimits implements Limits {
  private static final Duration PATIENCE = Duration.ofMillis(250);
  private static final Duration PAUSE = Duration.ofSeconds(2);
  private static final int CONNECTIONS = 16;
  private static final long SHARED = Long.MIN_VALUE;

  private final RedisAddress address;
  private final String prefix;
  private final ServingLog log;
  private final TimeMeter time;
  private final JedisPooled redis;
  private final ProxyManager<byte[]> buckets;

  /// When to look again; [#SHARED] while it answers.
  private final AtomicLong nextLook = new AtomicLong(SHARED);

  /// @param service whose limits these are; several may use one Redis
  RedisLimits(RedisAddress address, String service, ServingLog log, TimeMeter time) {
    this.address = address;
    this.prefix = "mlops:limits:" + service;
    this.log = log;
    this.time = time;
    this.redis = connect(address);
    this.buckets =
        Bucket4jJedis.casBasedBuilder(redis)
            .clientClock(time)
            .requestTimeout(PATIENCE.multipliedBy(2))
            .expirationAfterWrite(
                ExpirationAfterWriteStrategy.basedOnTimeForRefillingBucketUpToMax(
                    Duration.ofSeconds(10)))
            .build();
  }

  private static JedisPooled connect(RedisAddress address) {
    var uri = address.current();
    var database = uri.getPath() == null ? "" : uri.getPath().replaceFirst("^/", "");
    var client =
        DefaultJedisClientConfig.builder()
            .connectionTimeoutMillis((int) PATIENCE.toMillis())
            .socketTimeoutMillis((int) PATIENCE.toMillis())
            .database(database.isEmpty() ? 0 : Integer.parseInt(database))
            .ssl(RedisAddress.isTls(uri))
            .credentialsProvider(() -> credentials(address))
            .build();
    var pool = new ConnectionPoolConfig();
    pool.setMaxTotal(CONNECTIONS);
    pool.setMaxIdle(CONNECTIONS);
    pool.setMaxWait(PATIENCE);
    pool.setJmxEnabled(false);
    return new JedisPooled(new HostAndPort(uri.getHost(), RedisAddress.port(uri)), client, pool);
  }

  private static RedisCredentials credentials(RedisAddress address) {
    var info = address.current().getUserInfo();
    var colon = info == null ? -1 : info.indexOf(':');
    return new DefaultRedisCredentials(
        info == null || colon <= 0 ? null : info.substring(0, colon),
        info == null ? null : info.substring(colon + 1));
  }

  @Override
  public Limiter limiter(String name, RateLimit limit) {
    return new RedisLimiter(this, buckets, prefix + ":" + name, limit, time);
  }

  /// Whether limits are counted in common at the moment.
  boolean isShared() {
    return nextLook.get() == SHARED;
  }

  /// Looks whether it is there.
  void look() {
    ask(redis::ping, () -> "");
  }

  /// @param common what to do with the Redis
  /// @param alone what to do without
  <T> T ask(Supplier<T> common, Supplier<T> alone) {
    var next = nextLook.get();
    if (next != SHARED
        && (now() < next || !nextLook.compareAndSet(next, now() + PAUSE.toNanos()))) {
      return alone.get();
    }
    T answer;
    try {
      answer = common.get();
    } catch (RuntimeException e) {
      away(e);
      return alone.get();
    }
    back();
    return answer;
  }

  private long now() {
    return time.currentTimeNanos();
  }

  private void away(RuntimeException e) {
    if (nextLook.getAndSet(now() + PAUSE.toNanos()) == SHARED) {
      log.event(
          ServingLog.Level.WARNING,
          "limits_local",
          out -> {
            out.writeStringField("redis", address.toString());
            out.writeStringField("reason", e.toString());
            out.writeStringField(
                "message", "Redis does not answer: this process counts limits alone until it does");
          });
    }
  }

  private void back() {
    if (nextLook.getAndSet(SHARED) != SHARED) {
      log.event(
          ServingLog.Level.INFO,
          "limits_shared",
          out -> out.writeStringField("redis", address.toString()));
    }
  }

  @Override
  public void close() {
    redis.close();
  }
}
