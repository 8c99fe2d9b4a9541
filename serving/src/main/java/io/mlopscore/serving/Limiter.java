package io.mlopscore.serving;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.util.LinkedHashMap;
import java.util.Map;

/// Counts the requests of each caller against one limit.
///
/// A caller has two buckets: one refilled at once when its period ends, so that the limit holds
/// exactly within the period, and one refilled bit by bit, so that two bursts cannot meet at the
/// boundary. The number of callers remembered is bounded; the one longest unseen is forgotten.
final class Limiter {
  private static final int STRIPES = 16;

  private final RateLimit limit;
  private final TimeMeter time;
  private final Stripe[] stripes = new Stripe[STRIPES];

  /// @param maxCallers how many are remembered, at least
  Limiter(RateLimit limit, TimeMeter time, int maxCallers) {
    this.limit = limit;
    this.time = time;
    for (int i = 0; i < STRIPES; i++) {
      stripes[i] = new Stripe(maxCallers / STRIPES + 1);
    }
  }

  /// Takes one request from what a caller may still send.
  Usage take(Object caller) {
    var probe = bucket(caller).tryConsumeAndReturnRemaining(1);
    return new Usage(
        limit,
        probe.isConsumed(),
        Math.max(0, probe.getRemainingTokens()),
        toSeconds(
            probe.isConsumed() ? probe.getNanosToWaitForReset() : probe.getNanosToWaitForRefill()));
  }

  /// Whether a caller may send another one, without taking it.
  boolean isExhausted(Object caller) {
    var stripe = stripe(caller);
    Bucket bucket;
    synchronized (stripe) {
      bucket = stripe.get(caller);
    }
    return bucket != null && bucket.getAvailableTokens() < 1;
  }

  int callers() {
    int sum = 0;
    for (var stripe : stripes) {
      synchronized (stripe) {
        sum += stripe.size();
      }
    }
    return sum;
  }

  private Bucket bucket(Object caller) {
    var stripe = stripe(caller);
    synchronized (stripe) {
      return stripe.computeIfAbsent(caller, _ -> newBucket());
    }
  }

  private Stripe stripe(Object caller) {
    int hash = caller.hashCode();
    return stripes[(hash ^ (hash >>> 16)) & (STRIPES - 1)];
  }

  private Bucket newBucket() {
    return Bucket.builder()
        .addLimit(
            exact -> exact.capacity(limit.count()).refillIntervally(limit.count(), limit.period()))
        .addLimit(
            smooth -> smooth.capacity(limit.count()).refillGreedy(limit.count(), limit.period()))
        .withCustomTimePrecision(time)
        .build();
  }

  private static long toSeconds(long nanos) {
    return Math.max(1, Math.ceilDiv(nanos, 1_000_000_000L));
  }

  /// What a caller has left.
  ///
  /// @param allowed whether this request may pass
  /// @param remaining requests that may still follow
  /// @param seconds until the caller may go on, or if it may, until all are back; at least 1
  record Usage(RateLimit limit, boolean allowed, long remaining, long seconds) {}

  private static final class Stripe extends LinkedHashMap<Object, Bucket> {
    private static final long serialVersionUID = 1L;
    private final int capacity;

    Stripe(int capacity) {
      super(64, 0.75f, true);
      this.capacity = capacity;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<Object, Bucket> eldest) {
      return size() > capacity;
    }
  }
}
