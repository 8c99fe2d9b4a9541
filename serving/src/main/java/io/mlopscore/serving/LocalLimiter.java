package io.mlopscore.serving;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.util.LinkedHashMap;
import java.util.Map;

/// Counts in the memory of this process. The number of callers remembered is bounded; the one
/// longest unseen is forgotten.
final class LocalLimiter implements Limiter {
  private static final int STRIPES = 16;

  private final RateLimit limit;
  private final TimeMeter time;
  private final Stripe[] stripes = new Stripe[STRIPES];

  /// @param maxCallers how many are remembered, at least
  LocalLimiter(RateLimit limit, TimeMeter time, int maxCallers) {
    this.limit = limit;
    this.time = time;
    for (int i = 0; i < STRIPES; i++) {
      stripes[i] = new Stripe(maxCallers / STRIPES + 1);
    }
  }

  @Override
  public Usage take(Object caller) {
    return Usage.of(limit, bucket(caller).tryConsumeAndReturnRemaining(1));
  }

  @Override
  public boolean isExhausted(Object caller) {
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
    var bucket = Bucket.builder().withCustomTimePrecision(time);
    for (var bandwidth : Limiter.bandwidths(limit)) {
      bucket.addLimit(bandwidth);
    }
    return bucket.build();
  }

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
