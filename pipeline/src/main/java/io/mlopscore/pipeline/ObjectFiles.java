package io.mlopscore.pipeline;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/// Puts files into a tree of objects: written beside their place, then renamed, so that nobody sees
/// half of one.
///
/// Few calls of the system per file: folders are made once, and a file is created with the mode it
/// keeps.
public final class ObjectFiles {
  private static final FileAttribute<?> AS_READ_ONLY =
      PosixFilePermissions.asFileAttribute(FileMode.READ_ONLY);

  private final Set<Path> made = ConcurrentHashMap.newKeySet();
  private final boolean posix;

  /// Whether files are created with the mode that is asked for; unknown before the first one. A
  /// strict umask takes some of it away.
  private volatile @Nullable Boolean exact;

  ObjectFiles(boolean posix) {
    this.posix = posix;
  }

  public static ObjectFiles on(Path root) {
    return new ObjectFiles(root.getFileSystem().supportedFileAttributeViews().contains("posix"));
  }

  public interface Writer {
    void write(FileChannel to) throws IOException;
  }

  /// @param protect whether the file counts as verified from now on: mode 0444
  public void place(Path target, boolean protect, Writer writer) throws IOException {
    var folder = target.getParent();
    if (folder != null && !made.contains(folder)) {
      // Remembered only once it is there: another thread may be waiting for it.
      SharedFolders.make(folder);
      made.add(folder);
    }
    var temporary =
        target.resolveSibling(
            "." + Long.toHexString(ThreadLocalRandom.current().nextLong()) + ".tmp");
    try {
      try (var out = open(temporary, protect)) {
        writer.write(out);
      }
      if (protect && posix && !isExact(temporary)) {
        Files.setPosixFilePermissions(temporary, FileMode.READ_ONLY);
      }
      Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      Files.deleteIfExists(temporary);
      throw WholeFile.about(target, e);
    } catch (RuntimeException e) {
      Files.deleteIfExists(temporary);
      throw e;
    }
  }

  private boolean isExact(Path created) throws IOException {
    var known = exact;
    if (known == null) {
      known = Files.getPosixFilePermissions(created).equals(FileMode.READ_ONLY);
      exact = known;
    }
    return known;
  }

  private FileChannel open(Path file, boolean protect) throws IOException {
    var options = Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
    return protect && posix
        ? FileChannel.open(file, options, AS_READ_ONLY)
        : FileChannel.open(file, options);
  }

  /// A copy of another file; file systems that can share the blocks of both do.
  public void copy(Path source, Path target, boolean protect) throws IOException {
    try (var in = FileChannel.open(source, StandardOpenOption.READ)) {
      place(target, protect, out -> transfer(in, out, source));
    }
  }

  /// Fills a file that is not there yet and that nobody looks at before all is in place.
  static void fill(Path source, Path target) throws IOException {
    try (var in = FileChannel.open(source, StandardOpenOption.READ);
        var out =
            FileChannel.open(target, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
      transfer(in, out, source);
    }
  }

  static void transfer(FileChannel in, FileChannel out, Path source) throws IOException {
    long size = in.size();
    for (long done = 0; done < size; ) {
      long moved = in.transferTo(done, size - done, out);
      if (moved <= 0) {
        throw new IOException(source + " became shorter while it was copied");
      }
      done += moved;
    }
  }
}
