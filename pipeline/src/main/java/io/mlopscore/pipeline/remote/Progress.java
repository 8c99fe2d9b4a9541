package io.mlopscore.pipeline.remote;

import java.util.concurrent.atomic.LongAdder;

/// How far an exchange is; written by those who move objects, read by who shows it.
public final class Progress {
  private final LongAdder objects = new LongAdder();
  private final LongAdder bytes = new LongAdder();
  private volatile String doing = "";
  private volatile long total;

  /// @param doing what goes on, such as `Pushing`
  /// @param total how many objects there are to move; 0 while nobody knows
  void begin(String doing, long total) {
    objects.reset();
    bytes.reset();
    this.total = total;
    this.doing = doing;
  }

  void moved(long count) {
    bytes.add(count);
  }

  void done() {
    objects.increment();
  }

  public String doing() {
    return doing;
  }

  public long total() {
    return total;
  }

  public long objects() {
    return objects.sum();
  }

  public long bytes() {
    return bytes.sum();
  }
}
