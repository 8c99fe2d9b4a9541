package io.mlopscore.tracking.sql;

import io.mlopscore.tracking.ErrorCode;
import io.mlopscore.tracking.TrackingException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/// Writers that wait at the same time share one transaction, and so one wait for the disk: each is
/// told that it is safe only after the commit. One that is refused takes none of the others with
/// it.
final class GroupCommit implements AutoCloseable {
  /// Rows that may wait: some tens of megabytes.
  private static final int MOST_WAITING = 200_000;

  private static final int LARGEST_GROUP = 20_000;

  /// Makes the writer see that it is closed, without asking a database that may be away.
  private static final Write WAKE_UP = new Write.Statements<>(_ -> "never run");

  private final Jdbi jdbi;
  private final Dialect dialect;
  private final LinkedBlockingQueue<Write> waiting = new LinkedBlockingQueue<>();
  private final Semaphore room = new Semaphore(MOST_WAITING);
  private final Thread writer;
  private final LongAdder commits = new LongAdder();
  private final LongAdder writes = new LongAdder();
  private final LongAdder nanos = new LongAdder();
  private volatile boolean closed;

  GroupCommit(Jdbi jdbi, Dialect dialect, int number) {
    this.jdbi = jdbi;
    this.dialect = dialect;
    this.writer = Thread.ofPlatform().name("tracking-writer-" + number).daemon().start(this::run);
  }

  /// @throws TrackingException REQUEST_LIMIT_EXCEEDED if too much waits already
  void submit(Write write) {
    if (closed) {
      throw closing();
    }
    if (!room.tryAcquire(write.rows())) {
      throw new TrackingException(
          ErrorCode.REQUEST_LIMIT_EXCEEDED,
          "More is being logged than the tracking database can take; try again in a second.");
    }
    waiting.add(write);
    if (closed && waiting.remove(write)) {
      room.release(write.rows());
      throw closing();
    }
  }

  private static TrackingException closing() {
    return new TrackingException(
        ErrorCode.TEMPORARILY_UNAVAILABLE, "The tracking database is being closed; try again.");
  }

  private void run() {
    while (!closed || !waiting.isEmpty()) {
      try {
        var group = next(waiting.take());
        if (!group.isEmpty()) {
          write(group);
        }
      } catch (InterruptedException e) {
        throw new IllegalStateException("nobody interrupts the writer", e);
      }
    }
  }

  private List<Write> next(Write first) {
    var group = new ArrayList<Write>();
    var rows = 0;
    for (@Nullable Write write = first; write != null; write = waiting.poll()) {
      if (write == WAKE_UP) {
        break;
      }
      group.add(write);
      rows += write.rows();
      if (rows >= LARGEST_GROUP) {
        break;
      }
    }
    return group;
  }

  private void write(List<Write> group) {
    var transaction = new GroupTransaction(dialect, group);
    var start = System.nanoTime();
    try {
      jdbi.useHandle((Handle handle) -> transaction.commit(handle));
      commits.increment();
      writes.add(group.size());
      nanos.add(System.nanoTime() - start);
      transaction.endAll();
    } catch (RuntimeException e) {
      transaction.failAll(dialect.failure(e));
    } catch (Error e) {
      // such as too little memory for this group: the next one may be smaller
      transaction.failAll(new TrackingException(ErrorCode.INTERNAL_ERROR, e.toString(), e));
    } finally {
      group.forEach(write -> room.release(write.rows()));
    }
  }

  /// How many transactions committed.
  long commits() {
    return commits.sum();
  }

  /// How many writes were in them.
  long writes() {
    return writes.sum();
  }

  /// How long they took together.
  long nanos() {
    return nanos.sum();
  }

  /// How many writes wait now.
  int waiting() {
    return waiting.size();
  }

  /// Returns when all that waited is written.
  @Override
  public void close() {
    closed = true;
    waiting.add(WAKE_UP);
    try {
      writer.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
