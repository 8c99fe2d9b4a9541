package io.mlopscore.pipeline;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// flock(2) of the C library, for Linux and macOS.
///
/// The file stays open for as long as the lock is held; closing it, or the end of the process,
/// gives the lock back. Child processes do not inherit it: Java closes files before it starts them.
final class Flock implements Closeable {
  private static final int EXCLUSIVE = 2;
  private static final int NON_BLOCKING = 4;
  private static final int INTERRUPTED = 4;

  /// EWOULDBLOCK of Linux and of macOS.
  private static final Set<Integer> HELD = Set.of(11, 35);

  private final int descriptor;

  private Flock(int descriptor) {
    this.descriptor = descriptor;
  }

  /// Takes the lock on an existing file, or returns null when another process holds it.
  static @Nullable Flock tryLock(Path file) throws IOException {
    int descriptor = NativeFile.open(file, NativeFile.READ_WRITE);
    if (descriptor < 0) {
      throw new IOException(file + ": cannot be opened for locking");
    }
    int error = NativeFile.lock(descriptor, EXCLUSIVE | NON_BLOCKING);
    if (error == 0) {
      return new Flock(descriptor);
    }
    NativeFile.close(descriptor);
    requireHeld(error, file);
    return null;
  }

  /// @param error why there is no lock
  /// @throws IOException when that is anything but that another process holds it
  static void requireHeld(int error, Path file) throws IOException {
    if (!HELD.contains(error) && error != INTERRUPTED) {
      throw new IOException(
          ("%s cannot be locked: flock(2) failed with error %d; the file system may lack locks,"
                  + " as some network shares do")
              .formatted(file, error));
    }
  }

  @Override
  public void close() throws IOException {
    if (NativeFile.close(descriptor) != 0) {
      throw new IOException("close of a lock file failed");
    }
  }
}
