package io.mlopscore.pipeline;

import java.io.Closeable;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// flock(2) of the C library, for Linux and macOS.
///
/// The file stays open for as long as the lock is held; closing it, or the end of the process,
/// gives the lock back. Child processes do not inherit it: Java closes files before it starts them.
final class Flock implements Closeable {
  private static final int READ_WRITE = 2;
  private static final int EXCLUSIVE = 2;
  private static final int NON_BLOCKING = 4;

  private final int descriptor;

  private Flock(int descriptor) {
    this.descriptor = descriptor;
  }

  /// Takes the lock on an existing file, or returns null when another process holds it.
  static @Nullable Flock tryLock(Path file) throws IOException {
    int descriptor = open(file);
    if (descriptor < 0) {
      throw new IOException(file + ": cannot be opened for locking");
    }
    if (call("flock", descriptor, EXCLUSIVE | NON_BLOCKING) != 0) {
      call("close", descriptor);
      return null;
    }
    return new Flock(descriptor);
  }

  @Override
  public void close() throws IOException {
    if (call("close", descriptor) != 0) {
      throw new IOException("close of a lock file failed");
    }
  }

  private static int open(Path file) {
    var types =
        FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT);
    var open = handle("open", types, Linker.Option.firstVariadicArg(2));
    try (var arena = Arena.ofConfined()) {
      return (int) open.invokeExact(arena.allocateFrom(file.toString()), READ_WRITE);
    } catch (Throwable e) {
      throw new IllegalStateException("open(2) cannot be called", e);
    }
  }

  private static int call(String name, int... arguments) {
    var types =
        arguments.length == 1
            ? FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT)
            : FunctionDescriptor.of(
                ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT);
    var handle = handle(name, types);
    try {
      return arguments.length == 1
          ? (int) handle.invokeExact(arguments[0])
          : (int) handle.invokeExact(arguments[0], arguments[1]);
    } catch (Throwable e) {
      throw new IllegalStateException(name + "(2) cannot be called", e);
    }
  }

  @SuppressWarnings("restricted") // the point of this class
  private static MethodHandle handle(
      String name, FunctionDescriptor types, Linker.Option... options) {
    var linker = Linker.nativeLinker();
    return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), types, options);
  }
}
