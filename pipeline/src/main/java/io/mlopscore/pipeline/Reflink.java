package io.mlopscore.pipeline;

import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;

/// A file that shares the blocks of another until either is written: `FICLONE` of ioctl(2), which
/// btrfs, XFS and others have. Linux only.
final class Reflink {
  /// `FICLONE` of linux/fs.h.
  private static final long CLONE = 0x40049409L;

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
    int from = NativeFile.open(source, NativeFile.READ);
    int to = NativeFile.open(target, NativeFile.READ_WRITE);
    try {
      return from >= 0 && to >= 0 && control(to, from) == 0;
    } finally {
      close(from);
      close(to);
    }
  }

  private static int control(int target, int source) {
    var types =
        FunctionDescriptor.of(
            ValueLayout.JAVA_INT,
            ValueLayout.JAVA_INT,
            ValueLayout.JAVA_LONG,
            ValueLayout.JAVA_INT);
    var ioctl = NativeFile.handle("ioctl", types, Linker.Option.firstVariadicArg(2));
    try {
      return (int) ioctl.invokeExact(target, CLONE, source);
    } catch (Throwable e) {
      throw new IllegalStateException("ioctl(2) cannot be called", e);
    }
  }

  private static void close(int descriptor) {
    if (descriptor >= 0) {
      NativeFile.close(descriptor);
    }
  }
}
