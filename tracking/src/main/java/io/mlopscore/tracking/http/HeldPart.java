package io.mlopscore.tracking.http;

import java.time.Duration;
import java.util.function.LongConsumer;

/// Counts the part of a [Listing] that is being sent: what the largest one so far takes stays held.
final class HeldPart implements LongConsumer {
  private static final Duration AT_FIRST = Duration.ofSeconds(2);

  /// It can no longer be refused then, only broken off.
  private static final Duration ONCE_BEGUN = Duration.ofSeconds(30);

  private final MemoryBudget.Share share;
  private long held;
  private Duration patience = AT_FIRST;

  HeldPart(MemoryBudget.Share share) {
    this.share = share;
  }

  @Override
  public void accept(long bytes) {
    if (bytes > held) {
      share.more(bytes - held, patience);
      held = bytes;
    }
    patience = ONCE_BEGUN;
  }
}
