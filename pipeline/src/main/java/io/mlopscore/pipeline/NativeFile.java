package io.mlopscore.pipeline;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;

/// Files by the numbers that the C library of Linux and macOS has for them while they are open.
final class NativeFile {
  static final int READ = 0;
  static final int READ_WRITE = 2;

  private static final StructLayout STATE = Linker.Option.captureStateLayout();
  private static final long ERRNO = STATE.byteOffset(PathElement.groupElement("errno"));

  private NativeFile() {}

  /// @param value what the function gave; negative when it failed
  /// @param error the number of the error then
  private record Answer(int value, int error) {}

  /// The number of an existing file, opened; negative when it cannot be.
  static int open(Path file, int mode) {
    try (var arena = Arena.ofConfined()) {
      return call("open", arena.allocateFrom(file.toString()).address(), mode).value;
    }
  }

  /// @return 0, or the number of the error
  static int lock(int descriptor, int operation) {
    var answer = call("flock", descriptor, operation);
    return answer.value == 0 ? 0 : answer.error;
  }

  /// @return 0, or something else when it failed
  static int close(int descriptor) {
    return call("close", descriptor, 0).value;
  }

  /// One shape for all of these, since the JVM spends milliseconds on each, and short commands take
  /// a lock, too. C looks at as many arguments and bits as the function has.
  private static Answer call(String name, long first, long second) {
    var number = ValueLayout.JAVA_LONG;
    var types = FunctionDescriptor.of(number, number, number);
    var function = handle(name, types, Linker.Option.captureCallState("errno"));
    try (var arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      var value = (int) (long) function.invokeExact(state, first, second);
      return new Answer(value, state.get(ValueLayout.JAVA_INT, ERRNO));
    } catch (Throwable e) {
      throw new IllegalStateException(name + "(2) cannot be called", e);
    }
  }

  /// A function of the C library.
  @SuppressWarnings("restricted") // the point of this class
  static MethodHandle handle(String name, FunctionDescriptor types, Linker.Option... options) {
    var linker = Linker.nativeLinker();
    return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), types, options);
  }
}
