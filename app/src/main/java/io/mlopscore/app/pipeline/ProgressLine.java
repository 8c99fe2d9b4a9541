package io.mlopscore.app.pipeline;

import io.mlopscore.pipeline.remote.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/// Shows on a terminal how far an exchange is: objects, bytes a second, time left. Elsewhere it
/// shows nothing.
final class ProgressLine implements AutoCloseable {
  private static final long TICK_MILLIS = 200;

  private final Progress progress = new Progress();
  private final Thread thread;
  private volatile boolean closed;

  ProgressLine() {
    this.thread = Thread.ofVirtual().unstarted(this::show);
    if (isOnTerminal()) {
      thread.start();
    } else {
      closed = true;
    }
  }

  /// Java only tells of input and output together; Linux tells where errors go. Where it is unknown
  /// nothing is shown.
  private static boolean isOnTerminal() {
    try {
      var target = Files.readSymbolicLink(Path.of("/proc/self/fd/2")).toString();
      return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
    } catch (IOException _) {
      return false;
    }
  }

  Progress progress() {
    return progress;
  }

  private void show() {
    var doing = "";
    long started = System.nanoTime();
    while (!closed) {
      if (!progress.doing().equals(doing)) {
        doing = progress.doing();
        started = System.nanoTime();
      }
      System.err.print("\r\033[K" + text(progress, (System.nanoTime() - started) / 1e9));
      System.err.flush();
      try {
        Thread.sleep(TICK_MILLIS);
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        break;
      }
    }
    System.err.print("\r\033[K");
    System.err.flush();
  }

  static String text(Progress progress, double seconds) {
    long done = progress.objects();
    long total = progress.total();
    if (total == 0) {
      return progress.doing();
    }
    var rate = seconds > 0 ? progress.bytes() / seconds / 1e6 : 0;
    var line =
        String.format(
            Locale.ROOT, "%s %d/%d files, %.1f MB/s", progress.doing(), done, total, rate);
    if (done == 0 || done >= total) {
      return line;
    }
    long left = Math.round((total - done) * seconds / done);
    return line + String.format(Locale.ROOT, ", %d:%02d left", left / 60, left % 60);
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      thread.interrupt();
      try {
        thread.join();
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
