package io.mlopscore.pipeline.executor;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// A process started by posix_spawn(3) and waited for by wait4(2), which tells its processor time
/// and peak memory; the Java runtime cannot. It also starts faster.
final class PosixProcess implements ChildProcess {
  /// How long to read on after a command ended: what it left running may hold its output open.
  static final Duration PATIENCE = Duration.ofSeconds(1);

  private static final int SIGNAL = 0x7f;
  private static final boolean POSSIBLE =
      System.getProperty("os.name", "").equals("Linux") && Libc.isComplete();

  private final int pid;
  private volatile boolean abandoned;
  private final List<Thread> readers = new ArrayList<>();

  private PosixProcess(int pid) {
    this.pid = pid;
  }

  static boolean isPossible() {
    return POSSIBLE;
  }

  static PosixProcess start(Start start, TaskOutput output) throws IOException {
    var terminal = start.terminal() && Libc.writesToTerminal() ? Libc.terminal() : new int[0];
    return terminal.length == 0
        ? throughPipes(start, output)
        : throughTerminal(start, output, terminal);
  }

  /// The program finds a terminal, and what it writes there can be kept.
  private static PosixProcess throughTerminal(Start start, TaskOutput output, int[] terminal)
      throws IOException {
    try {
      var child = new PosixProcess(spawn(start, new int[] {-1, terminal[1], terminal[1]}));
      child.read(terminal[0], TaskOutput.Channel.STANDARD, output);
      return child;
    } catch (IOException e) {
      Libc.close(terminal[0]);
      throw e;
    } finally {
      Libc.close(terminal[1]);
    }
  }

  private static PosixProcess throughPipes(Start start, TaskOutput output) throws IOException {
    var standard = Libc.pipe();
    var error = Libc.pipe();
    try {
      var child = new PosixProcess(spawn(start, new int[] {-1, standard[1], error[1]}));
      child.read(standard[0], TaskOutput.Channel.STANDARD, output);
      child.read(error[0], TaskOutput.Channel.ERROR, output);
      return child;
    } catch (IOException e) {
      Libc.close(standard[0]);
      Libc.close(error[0]);
      throw e;
    } finally {
      Libc.close(standard[1]);
      Libc.close(error[1]);
    }
  }

  private static int spawn(Start start, int[] streams) throws IOException {
    var environment =
        start.environment().entrySet().stream()
            .map(entry -> entry.getKey() + "=" + entry.getValue())
            .toArray(String[]::new);
    var command = start.command().toArray(String[]::new);
    int pid = Libc.spawn(command, start.directory().toString(), environment, streams);
    if (pid < 0) {
      throw new IOException(
          "'%s' cannot be started in %s: error %d of the system"
              .formatted(command[0], start.directory(), -pid));
    }
    return pid;
  }

  private void read(int file, TaskOutput.Channel channel, TaskOutput output) {
    readers.add(
        Thread.ofPlatform()
            .daemon()
            .name("output-of-" + pid)
            .start(() -> readAll(file, channel, output)));
  }

  private void readAll(int file, TaskOutput.Channel channel, TaskOutput output) {
    try (var arena = Arena.ofConfined()) {
      var memory = arena.allocate(1 << 13);
      var bytes = new byte[1 << 13];
      for (long read = Libc.read(file, memory); read > 0; read = Libc.read(file, memory)) {
        // What a command left running may go on writing; it is read on, for the pipe must not fill.
        if (!abandoned) {
          MemorySegment.copy(memory, ValueLayout.JAVA_BYTE, 0, bytes, 0, (int) read);
          output.write(channel, bytes, (int) read);
        }
      }
    } finally {
      Libc.close(file);
    }
  }

  @Override
  public long pid() {
    return pid;
  }

  @Override
  public Ended await() throws InterruptedException {
    var waited = Libc.await(pid);
    for (var reader : readers) {
      reader.join(PATIENCE);
    }
    abandoned = true;
    int signal = waited.status() & SIGNAL;
    return new Ended(
        signal == 0 ? (waited.status() >> 8) & 0xff : -signal,
        Duration.ofNanos(waited.cpuMicros() * 1000),
        waited.peakKilobytes() > ownPeakKilobytes() ? waited.peakKilobytes() * 1024 : 0);
  }

  /// The system counts the memory of this process, which a child has until it starts its program,
  /// as the child's: a peak that is no higher tells nothing.
  private static long ownPeakKilobytes() {
    try (var lines = Files.lines(Path.of("/proc/self/status"))) {
      return lines
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
          .findFirst()
          .orElse(0);
    } catch (IOException _) {
      return Long.MAX_VALUE;
    }
  }
}
