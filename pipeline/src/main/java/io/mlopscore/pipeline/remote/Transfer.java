package io.mlopscore.pipeline.remote;

import io.mlopscore.pipeline.Parallel;
import io.mlopscore.pipeline.PipelineException;
import io.mlopscore.pipeline.WholeFile;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/// Moves objects from one side to the other, several at a time.
///
/// An object that fails is kept for the report and the rest goes on, until the other side seems to
/// be gone: then what is left is not tried.
final class Transfer {
  /// Moves one object; afterwards it is there as a whole or not at all.
  interface Mover {
    /// @throws NoSuchFileException when the source lacks it
    void move(StoredObject object) throws IOException;
  }

  /// @param moved those that arrived
  /// @param absent those that the source lacks
  /// @param failed those that could not be moved
  /// @param untried how many were left out because the other side seemed to be gone
  record Report(
      Set<StoredObject> moved, Set<StoredObject> absent, List<FailedObject> failed, int untried) {
    Report {
      moved = Set.copyOf(moved);
      absent = Set.copyOf(absent);
      failed = List.copyOf(failed);
    }

    Report and(Report other) {
      var allMoved = new HashSet<>(moved);
      allMoved.addAll(other.moved);
      var allAbsent = new LinkedHashSet<>(absent);
      allAbsent.addAll(other.absent);
      var allFailed = new ArrayList<>(failed);
      allFailed.addAll(other.failed);
      return new Report(allMoved, allAbsent, allFailed, untried + other.untried);
    }
  }

  /// So many failures in a row, with nothing that worked between, and the other side is gone.
  private static final int GONE = 24;

  private final Mover mover;
  private final Parallel parallel;
  private final Progress progress;
  private final ConcurrentLinkedQueue<StoredObject> moved = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<StoredObject> absent = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<FailedObject> failed = new ConcurrentLinkedQueue<>();
  private final AtomicInteger inARow = new AtomicInteger();
  private final AtomicInteger untried = new AtomicInteger();
  private volatile boolean gone;

  Transfer(Mover mover, int jobs, Progress progress) {
    this.mover = mover;
    this.parallel = new Parallel(jobs);
    this.progress = progress;
  }

  Report run(Collection<StoredObject> objects) throws IOException {
    parallel.forEach(objects, this::move);
    return new Report(
        Set.copyOf(moved), new LinkedHashSet<>(absent), List.copyOf(failed), untried.get());
  }

  private void move(StoredObject object) {
    if (gone) {
      untried.incrementAndGet();
      return;
    }
    try {
      mover.move(object);
      moved.add(object);
      progress.done();
      inARow.set(0);
    } catch (NoSuchFileException _) {
      absent.add(object);
    } catch (IOException | PipelineException e) {
      fail(object, e);
    }
  }

  private void fail(StoredObject object, Exception failure) {
    var said = failure.getMessage();
    failed.add(new FailedObject(object, said == null ? failure.toString() : said));
    boolean full = failure instanceof IOException io && WholeFile.isFull(io);
    if (full || (failure instanceof IOException && inARow.incrementAndGet() >= GONE)) {
      gone = true;
    }
  }
}
