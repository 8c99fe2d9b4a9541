package io.mlopscore.pipeline.executor;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Looks at running processes and those they started every now and then, for the most memory that
/// one of them held.
///
/// wait4(2) does not tell it of small ones: Linux counts the memory of whoever starts a process as
/// that process's. What `/proc` tells belongs to the program alone, and is a peak, so that only
/// what happens after the last look is missed.
final class PeakMemory {
  /// Milliseconds: short for what has just started and may end soon, then longer.
  private static final long SHORTEST_PAUSE = 2;

  private static final long LONGEST_PAUSE = 50;
  private static final String PEAK = "VmHWM:";

  private final Map<Long, Long> peaks = new HashMap<>();
  private long pause = SHORTEST_PAUSE;
  private boolean started;

  /// Watches a process from now on.
  void add(long pid) {
    long peak = largest(pid);
    synchronized (this) {
      peaks.put(pid, peak);
      pause = SHORTEST_PAUSE;
      if (!started) {
        started = true;
        Thread.ofPlatform().daemon().name("peak-memory").start(this::watch);
      }
      notifyAll();
    }
  }

  /// Bytes of the largest process seen; 0 when none was, as on systems without `/proc`.
  synchronized long remove(long pid) {
    var peak = peaks.remove(pid);
    return peak == null ? 0 : peak;
  }

  private void watch() {
    try {
      while (true) {
        for (long pid : pids()) {
          long now = largest(pid);
          synchronized (this) {
            peaks.computeIfPresent(pid, (_, before) -> Math.max(before, now));
          }
        }
        Thread.sleep(pause());
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized long pause() {
    long now = pause;
    pause = Math.min(LONGEST_PAUSE, pause * 2);
    return now;
  }

  private synchronized List<Long> pids() throws InterruptedException {
    while (peaks.isEmpty()) {
      wait();
    }
    return List.copyOf(peaks.keySet());
  }

  private static long largest(long pid) {
    var process = Path.of("/proc", Long.toString(pid));
    long largest = 0;
    try (var threads = Files.newDirectoryStream(process.resolve("task"))) {
      largest = peak(Files.readString(process.resolve("status")));
      for (var thread : threads) {
        for (var child : Files.readString(thread.resolve("children")).strip().split(" ", -1)) {
          largest = child.isEmpty() ? largest : Math.max(largest, largest(Long.parseLong(child)));
        }
      }
    } catch (IOException | DirectoryIteratorException _) {
      // It has ended, or there is no /proc; what was seen before counts.
    }
    return largest;
  }

  private static long peak(String status) {
    return status
        .lines()
        .filter(line -> line.startsWith(PEAK))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
        .findFirst()
        .orElse(0);
  }
}
