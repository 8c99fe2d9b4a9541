package io.mlopscore.tracking.events;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The newest changes, numbered from 1, in bounded memory.
///
/// Writers only put a change into a slot. Each reader remembers the number up to which it has read
/// and asks for what follows, so readers cost nothing here, and one that falls behind is told how
/// much it missed instead of slowing anybody.
///
/// While nobody reads, changes are only counted. Kept ones would outlive the young generation just
/// to become garbage in the old one, and a server without a console open would grow for nothing.
public final class ChangeLog implements Consumer<Change>, AutoCloseable {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition grown = lock.newCondition();
  private final String id;
  private final @Nullable Change[] slots;
  private final long heaviest;
  private final Duration absence;
  private long asked = System.nanoTime();
  private long oldest = 1;
  private long next = 1;
  private long weight;
  private boolean closed;

  /// What a reader gets.
  ///
  /// @param changes in order; the last one has the number `last`
  /// @param last up to where the reader has read now
  /// @param missed how many changes before these are no longer kept
  /// @param closed whether nothing will follow, ever
  public record Part(List<Change> changes, long last, long missed, boolean closed) {
    public Part {
      changes = List.copyOf(changes);
    }

    /// The number of the first change.
    public long first() {
      return last - changes.size() + 1;
    }
  }

  /// @param id tells this log from another, such as that of an earlier process
  /// @param most how many changes are kept at most
  /// @param heaviest how many bytes they may take together, roughly
  /// @param absence how long after the last reader left they are kept for its return
  public ChangeLog(String id, int most, long heaviest, Duration absence) {
    this.id = id;
    slots = new Change[most];
    this.heaviest = heaviest;
    this.absence = absence;
  }

  @Override
  public void accept(Change change) {
    lock.lock();
    try {
      if (hasReaders()) {
        keep(change);
        grown.signalAll();
      } else {
        forgetAll();
        oldest = ++next;
      }
    } finally {
      lock.unlock();
    }
  }

  private boolean hasReaders() {
    return lock.hasWaiters(grown) || System.nanoTime() - asked <= absence.toNanos();
  }

  private void keep(Change change) {
    if (next - oldest == slots.length) {
      forgetOldest();
    }
    slots[slot(next)] = change;
    next++;
    weight += change.weight();
    while (weight > heaviest && next - oldest > 1) {
      forgetOldest();
    }
  }

  private void forgetAll() {
    while (oldest < next) {
      forgetOldest();
    }
  }

  private void forgetOldest() {
    var slot = slot(oldest);
    weight -= Objects.requireNonNull(slots[slot]).weight();
    slots[slot] = null;
    oldest++;
  }

  private int slot(long number) {
    return (int) (number % slots.length);
  }

  public String id() {
    return id;
  }

  /// The number of the newest change, 0 if there is none.
  public long last() {
    lock.lock();
    try {
      asked = System.nanoTime();
      return next - 1;
    } finally {
      lock.unlock();
    }
  }

  /// Waits until there is a change with a greater number, but not longer than given.
  ///
  /// @param after up to where the reader has read
  public Part after(long after, Duration wait) throws InterruptedException {
    lock.lock();
    try {
      var left = wait.toNanos();
      while (next - 1 <= after && left > 0 && !closed) {
        left = grown.awaitNanos(left);
      }
      asked = System.nanoTime();
      return part(after);
    } finally {
      lock.unlock();
    }
  }

  private Part part(long after) {
    var from = Math.max(after + 1, oldest);
    var changes = new ArrayList<Change>();
    for (var number = from; number < next; number++) {
      changes.add(Objects.requireNonNull(slots[slot(number)]));
    }
    return new Part(changes, Math.max(after, next - 1), from - after - 1, closed);
  }

  /// Lets all readers go.
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      grown.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
