package io.mlopscore.pipeline;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;

/// A file that shares the blocks of another until either is written: `FICLONE` of ioctl(2), which
/// btrfs, XFS and others have. Linux only.
final class Reflink {
  /// `FICLONE` of linux/fs.h.
  private static final long CLONE = 0x40049409L;
  private static final int READ = 0;
  private static final int READ_WRITE = 2;

  private Reflink() {}

  /// Makes `target`, which is not there yet; false where the file system cannot.
  static boolean make(Path source, Path target) throws IOException {
    if (!System.getProperty("os.name").equals("Linux")) {
      return false;
    }
    Files.createFile(target);
    boolean made = clone(source, target);
    if (!made) {
      Files.delete(target);
    }
    return made;
  }

  private static boolean clone(Path source, Path target) {
    int from = open(source, READ);
    int to = open(target, READ_WRITE);
    try {
      return from >= 0 && to >= 0 && control(to, from) == 0;
    } finally {
      close(from);
      close(to);
    }
  }

  private static int open(Path file, int mode) {
    var types =
        FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT);
    var open = handle("open", types, Linker.Option.firstVariadicArg(2));
    try (var arena = Arena.ofConfined()) {
      return (int) open.invokeExact(arena.allocateFrom(file.toString()), mode);
    } catch (Throwable e) {
      throw new IllegalStateException("open(2) cannot be called", e);
    }
  }

  private static int control(int target, int source) {
    var types =
        FunctionDescriptor.of(
            ValueLayout.JAVA_INT,
            ValueLayout.JAVA_INT,
            ValueLayout.JAVA_LONG,
            ValueLayout.JAVA_INT);
    var ioctl = handle("ioctl", types, Linker.Option.firstVariadicArg(2));
    try {
      return (int) ioctl.invokeExact(target, CLONE, source);
    } catch (Throwable e) {
      throw new IllegalStateException("ioctl(2) cannot be called", e);
    }
  }

  private static void close(int descriptor) {
    if (descriptor < 0) {
      return;
    }
    var close = handle("close", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
    try {
      int unused = (int) close.invokeExact(descriptor);
    } catch (Throwable e) {
      throw new IllegalStateException("close(2) cannot be called", e);
    }
  }

  @SuppressWarnings("restricted") // the point of this class
  private static MethodHandle handle(
      String name, FunctionDescriptor types, Linker.Option... options) {
    var linker = Linker.nativeLinker();
    return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), types, options);
  }
}
