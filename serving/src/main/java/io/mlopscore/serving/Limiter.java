package io.mlopscore.serving;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.ConsumptionProbe;
import java.util.List;

/// Counts the requests of each caller against one limit.
sealed interface Limiter permits LocalLimiter, RedisLimiter {
  /// Takes one request from what a caller may still send.
  Usage take(Object caller);

  /// Whether a caller may send no other one; takes nothing.
  boolean isExhausted(Object caller);

  /// A caller has two buckets: one refilled at once when its period ends, so that the limit holds
  /// exactly within the period, and one refilled bit by bit, so that two bursts cannot meet at the
  /// boundary.
  static List<Bandwidth> bandwidths(RateLimit limit) {
    long count = limit.count();
    return List.of(
        Bandwidth.builder().capacity(count).refillIntervally(count, limit.period()).build(),
        Bandwidth.builder().capacity(count).refillGreedy(count, limit.period()).build());
  }

  /// What a caller has left.
  ///
  /// @param allowed whether this request may pass
  /// @param remaining requests that may still follow
  /// @param seconds until the caller may go on, or if it may, until all are back; at least 1
  record Usage(RateLimit limit, boolean allowed, long remaining, long seconds) {
    static Usage of(RateLimit limit, ConsumptionProbe probe) {
      var nanos =
          probe.isConsumed() ? probe.getNanosToWaitForReset() : probe.getNanosToWaitForRefill();
      return new Usage(
          limit,
          probe.isConsumed(),
          Math.max(0, probe.getRemainingTokens()),
          Math.max(1, Math.ceilDiv(nanos, 1_000_000_000L)));
    }
  }
}
