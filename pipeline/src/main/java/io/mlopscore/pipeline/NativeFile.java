package io.mlopscore.pipeline;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;

/// Files by the numbers that the C library of Linux and macOS has for them while they are open.
final class NativeFile {
  static final int READ = 0;
  static final int READ_WRITE = 2;

  private NativeFile() {}

  /// The number of an existing file, opened; negative when it cannot be.
  static int open(Path file, int mode) {
    var types =
        FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT);
    var open = handle("open", types, Linker.Option.firstVariadicArg(2));
    try (var arena = Arena.ofConfined()) {
      return (int) open.invokeExact(arena.allocateFrom(file.toString()), mode);
    } catch (Throwable e) {
      throw new IllegalStateException("open(2) cannot be called", e);
    }
  }

  /// @return 0, or something else when it failed
  static int close(int descriptor) {
    var types = FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT);
    try {
      return (int) handle("close", types).invokeExact(descriptor);
    } catch (Throwable e) {
      throw new IllegalStateException("close(2) cannot be called", e);
    }
  }

  /// A function of the C library.
  @SuppressWarnings("restricted") // the point of this class
  static MethodHandle handle(String name, FunctionDescriptor types, Linker.Option... options) {
    var linker = Linker.nativeLinker();
    return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), types, options);
  }
}
