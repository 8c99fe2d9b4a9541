package io.mlopscore.pipeline.executor;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;

/// The calls of Linux's C library that start a process and tell what it used.
final class Libc {
  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
  private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
  private static final java.lang.foreign.AddressLayout POINTER = ValueLayout.ADDRESS;
  private static final Linker.Option ERRNO = Linker.Option.captureCallState("errno");
  private static final MemoryLayout STATE = Linker.Option.captureStateLayout();

  private static final MethodHandle PIPE2 = of("pipe2", INT, POINTER, INT);
  private static final MethodHandle READ = withErrno("read", LONG, INT, POINTER, LONG);
  private static final MethodHandle CLOSE = of("close", INT, INT);
  private static final MethodHandle WAIT4 = withErrno("wait4", INT, INT, POINTER, INT, POINTER);
  private static final MethodHandle SPAWN =
      of("posix_spawnp", INT, POINTER, POINTER, POINTER, POINTER, POINTER, POINTER);
  private static final MethodHandle ACTIONS = of("posix_spawn_file_actions_init", INT, POINTER);
  private static final MethodHandle DUP =
      of("posix_spawn_file_actions_adddup2", INT, POINTER, INT, INT);
  private static final MethodHandle CHDIR =
      of("posix_spawn_file_actions_addchdir_np", INT, POINTER, POINTER);
  private static final MethodHandle CLOSE_FROM =
      of("posix_spawn_file_actions_addclosefrom_np", INT, POINTER, INT);
  private static final MethodHandle ACTIONS_END =
      of("posix_spawn_file_actions_destroy", INT, POINTER);
  private static final MethodHandle IS_TERMINAL = of("isatty", INT, INT);
  private static final MethodHandle TERMINAL_SETTINGS = of("tcgetattr", INT, INT, POINTER);
  private static final MethodHandle CONTROL =
      handle(
          "ioctl",
          FunctionDescriptor.of(INT, INT, LONG, POINTER),
          Linker.Option.firstVariadicArg(2));
  private static final MethodHandle OPEN_TERMINAL =
      of("openpty", INT, POINTER, POINTER, POINTER, POINTER, POINTER);
  private static final MethodHandle ATTRIBUTES = of("posix_spawnattr_init", INT, POINTER);
  private static final MethodHandle FLAGS =
      of("posix_spawnattr_setflags", INT, POINTER, ValueLayout.JAVA_SHORT);
  private static final MethodHandle MASK = of("posix_spawnattr_setsigmask", INT, POINTER, POINTER);

  private static final int CLOSE_ON_EXEC = 0x80000;
  private static final short SET_SIGNAL_MASK = 8;
  private static final int INTERRUPTED = 4;

  /// `TIOCGWINSZ`: how many rows and columns a terminal has.
  private static final long WINDOW_SIZE = 0x5413;

  /// The second word of a terminal's settings says what becomes of output; its first bit, that
  /// something does, such as a carriage return before each line feed.
  private static final int OUTPUT_FLAGS = 4;

  private static final int PROCESS_OUTPUT = 1;

  /// More than the structures of any C library on Linux need.
  private static final int STRUCTURE = 1024;

  private Libc() {}

  /// Whether the C library has all that starting a process takes; older ones do not.
  static boolean isComplete() {
    return has("posix_spawn_file_actions_addclosefrom_np")
        && has("posix_spawn_file_actions_addchdir_np");
  }

  private static boolean has(String name) {
    return Linker.nativeLinker().defaultLookup().find(name).isPresent();
  }

  private static MethodHandle of(String name, MemoryLayout result, MemoryLayout... arguments) {
    return handle(name, FunctionDescriptor.of(result, arguments));
  }

  private static MethodHandle withErrno(
      String name, MemoryLayout result, MemoryLayout... arguments) {
    return handle(name, FunctionDescriptor.of(result, arguments), ERRNO);
  }

  /// What the C library lacks fails when it is called, not before: nobody calls it then.
  @SuppressWarnings("restricted") // the point of this class
  static MethodHandle handle(String name, FunctionDescriptor types, Linker.Option... options) {
    var linker = Linker.nativeLinker();
    return linker
        .defaultLookup()
        .find(name)
        .map(address -> linker.downcallHandle(address, types, options))
        .orElseGet(() -> missing(name, types));
  }

  private static MethodHandle missing(String name, FunctionDescriptor types) {
    var failure = new IllegalStateException("this system's C library has no " + name);
    var type = types.toMethodType();
    var failing =
        MethodHandles.throwException(type.returnType(), IllegalStateException.class)
            .bindTo(failure);
    return MethodHandles.dropArguments(failing, 0, type.parameterList());
  }

  private static int errno(MemorySegment state) {
    return state.get(INT, STATE.byteOffset(MemoryLayout.PathElement.groupElement("errno")));
  }

  /// The reading and the writing end of a pipe that no child inherits by itself.
  static int[] pipe() {
    try (var arena = Arena.ofConfined()) {
      var ends = arena.allocate(INT, 2);
      if ((int) PIPE2.invokeExact(ends, CLOSE_ON_EXEC) != 0) {
        throw new IllegalStateException("pipe2(2) failed: too many files are open");
      }
      return new int[] {ends.getAtIndex(INT, 0), ends.getAtIndex(INT, 1)};
    } catch (Throwable e) {
      throw failed("pipe2", e);
    }
  }

  /// Whether output and errors of this process go to a terminal.
  static boolean writesToTerminal() {
    try {
      return (int) IS_TERMINAL.invokeExact(1) == 1 && (int) IS_TERMINAL.invokeExact(2) == 1;
    } catch (Throwable e) {
      throw failed("isatty", e);
    }
  }

  /// The two ends of a terminal of our own that is as wide as this process's: what is written into
  /// the second can be read from the first. Empty where there can be none.
  static int[] terminal() {
    if (!has("openpty")) {
      return new int[0];
    }
    try (var arena = Arena.ofConfined()) {
      var ours = arena.allocate(INT);
      var theirs = arena.allocate(INT);
      var settings = arena.allocate(STRUCTURE, 8);
      var size = arena.allocate(STRUCTURE, 8);
      boolean made =
          (int) TERMINAL_SETTINGS.invokeExact(1, settings) == 0
              && (int) CONTROL.invokeExact(1, WINDOW_SIZE, size) == 0
              && open(ours, theirs, settings, size);
      return made ? new int[] {ours.get(INT, 0), theirs.get(INT, 0)} : new int[0];
    } catch (Throwable e) {
      throw failed("openpty", e);
    }
  }

  /// The real terminal does to output what has to be done.
  private static boolean open(
      MemorySegment ours, MemorySegment theirs, MemorySegment settings, MemorySegment size)
      throws Throwable {
    settings.set(INT, OUTPUT_FLAGS, settings.get(INT, OUTPUT_FLAGS) & ~PROCESS_OUTPUT);
    return (int) OPEN_TERMINAL.invokeExact(ours, theirs, MemorySegment.NULL, settings, size) == 0;
  }

  /// Reads into `buffer`; 0 or less at the end.
  static long read(int file, MemorySegment buffer) {
    try (var arena = Arena.ofConfined()) {
      var state = arena.allocate(STATE);
      while (true) {
        long read = (long) READ.invokeExact(state, file, buffer, buffer.byteSize());
        if (read >= 0 || errno(state) != INTERRUPTED) {
          return read;
        }
      }
    } catch (Throwable e) {
      throw failed("read", e);
    }
  }

  static void close(int file) {
    try {
      int _ = (int) CLOSE.invokeExact(file);
    } catch (Throwable e) {
      throw failed("close", e);
    }
  }

  /// What wait4(2) tells.
  ///
  /// @param status as the C library packs it
  /// @param cpuMicros user and system time
  /// @param peakKilobytes of the largest process among the child and those it waited for
  record Waited(int status, long cpuMicros, long peakKilobytes) {}

  static Waited await(int pid) {
    try (var arena = Arena.ofConfined()) {
      var state = arena.allocate(STATE);
      var status = arena.allocate(INT);
      var usage = arena.allocate(STRUCTURE, 8);
      while (true) {
        int done = (int) WAIT4.invokeExact(state, pid, status, 0, usage);
        if (done == pid) {
          return new Waited(status.get(INT, 0), micros(usage), usage.get(LONG, 32));
        }
        if (errno(state) != INTERRUPTED) {
          throw new IllegalStateException("wait4(2) failed with error " + errno(state));
        }
      }
    } catch (Throwable e) {
      throw failed("wait4", e);
    }
  }

  /// Two pairs of seconds and microseconds stand first.
  private static long micros(MemorySegment usage) {
    long seconds = usage.get(LONG, 0) + usage.get(LONG, 16);
    return seconds * 1_000_000 + usage.get(LONG, 8) + usage.get(LONG, 24);
  }

  /// Starts a process.
  ///
  /// @param streams files that become its streams 0, 1 and 2; below 0 it shares this process's
  /// @return its id; below 0 the error
  static int spawn(String[] command, String directory, String[] environment, int[] streams) {
    try (var arena = Arena.ofConfined()) {
      var actions = arena.allocate(STRUCTURE, 8);
      var attributes = arena.allocate(STRUCTURE, 8);
      check((int) ACTIONS.invokeExact(actions));
      check((int) ATTRIBUTES.invokeExact(attributes));
      try {
        for (int i = 0; i < streams.length; i++) {
          if (streams[i] >= 0) {
            check((int) DUP.invokeExact(actions, streams[i], i));
          }
        }
        // Files of this process, locks among them, are not the child's.
        check((int) CLOSE_FROM.invokeExact(actions, 3));
        check((int) CHDIR.invokeExact(actions, arena.allocateFrom(directory)));
        // The runtime blocks signals in its threads; children shall hear them.
        check((int) FLAGS.invokeExact(attributes, SET_SIGNAL_MASK));
        check((int) MASK.invokeExact(attributes, arena.allocate(STRUCTURE, 8)));
        var pid = arena.allocate(INT);
        int error =
            (int)
                SPAWN.invokeExact(
                    pid,
                    arena.allocateFrom(command[0]),
                    actions,
                    attributes,
                    strings(arena, command),
                    strings(arena, environment));
        return error == 0 ? pid.get(INT, 0) : -error;
      } finally {
        int _ = (int) ACTIONS_END.invokeExact(actions);
      }
    } catch (Throwable e) {
      throw failed("posix_spawn", e);
    }
  }

  private static MemorySegment strings(Arena arena, String[] texts) {
    var pointers = arena.allocate(POINTER, texts.length + 1L);
    for (int i = 0; i < texts.length; i++) {
      pointers.setAtIndex(POINTER, i, arena.allocateFrom(texts[i]));
    }
    return pointers;
  }

  private static void check(int error) {
    if (error != 0) {
      throw new IllegalStateException("a process cannot be described: error " + error);
    }
  }

  private static IllegalStateException failed(String call, Throwable e) {
    return e instanceof IllegalStateException known
        ? known
        : new IllegalStateException(call + " cannot be called", e);
  }
}
