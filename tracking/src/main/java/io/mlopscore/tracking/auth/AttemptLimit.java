package io.mlopscore.tracking.auth;

import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/// Counts wrong passwords and tokens by address, so that nobody can try them all.
public final class AttemptLimit {
  private static final int MOST_ADDRESSES = 10_000;

  private final int most;
  private final Duration period;
  private final Clock clock;
  private final Map<String, Failures> failures = new LinkedHashMap<>();

  private record Failures(int count, long until) {}

  /// @param most failures of an address in a period; what follows is refused until it ends
  public AttemptLimit(int most, Duration period, Clock clock) {
    this.most = most;
    this.period = period;
    this.clock = clock;
  }

  /// Seconds until an address may try again; 0 if it may now.
  public synchronized long wait(String address) {
    var known = failures.get(address);
    var now = clock.millis();
    if (known == null || known.until() <= now || known.count() < most) {
      return 0;
    }
    return Math.max(1, Math.ceilDiv(known.until() - now, 1000));
  }

  public synchronized void failed(String address) {
    var now = clock.millis();
    var known = failures.remove(address);
    failures.put(
        address,
        known == null || known.until() <= now
            ? new Failures(1, now + period.toMillis())
            : new Failures(known.count() + 1, known.until()));
    if (failures.size() > MOST_ADDRESSES) {
      failures.remove(failures.keySet().iterator().next());
    }
  }
}
