package io.mlopscore.pipeline;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// Contents by hash, in DVC 3's layout: `files/md5/ab/cdef…`.
///
/// An object of mode 0444 counts as verified, here and for `dvc`. So bytes arrive in a temporary
/// file, are checked, renamed, and made read-only last: a process killed in between leaves either
/// nothing, a `.tmp` file or an object that the next reader checks again.
public final class ContentCache {
  private static final Set<PosixFilePermission> READ_ONLY =
      PosixFilePermissions.fromString("r--r--r--");

  private final Path objects;

  ContentCache(Path root) {
    this.objects = root.resolve("files").resolve("md5");
  }

  /// Where the object of `hash` is or would be.
  public Path object(Hash hash) {
    var value = hash.value();
    return objects.resolve(value.substring(0, 2)).resolve(value.substring(2));
  }

  /// Whether the object is there with the right bytes; one that is not is dropped.
  public boolean contains(Hash hash) throws IOException {
    var object = object(hash);
    if (isVerified(object)) {
      return true;
    }
    if (!Files.exists(object)) {
      return false;
    }
    if (!Md5.of(object).equals(plain(hash))) {
      Files.delete(object);
      return false;
    }
    protect(object);
    return true;
  }

  /// Whether the object is there, and for a directory every file it lists.
  public boolean containsAll(Hash hash) throws IOException {
    if (!contains(hash)) {
      return false;
    }
    if (hash.isDirectory()) {
      for (var child : listing(hash).files().values()) {
        if (!contains(child)) {
          return false;
        }
      }
    }
    return true;
  }

  public DirectoryListing listing(Hash hash) throws IOException {
    var object = object(hash);
    return DirectoryListing.parse(Files.readAllBytes(object), object.toString());
  }

  /// Stores a copy of a file.
  ///
  /// @throws PipelineException when the file's bytes are no longer those of `hash`
  void add(Path file, Hash hash) throws IOException {
    if (!contains(hash)) {
      place(hash, temporary -> copy(file, temporary), file.toString());
    }
  }

  /// Stores a directory's listing; its files must be stored before, since whoever finds the listing
  /// may assume them.
  Hash add(DirectoryListing listing) throws IOException {
    var hash = listing.hash();
    if (!contains(hash)) {
      place(hash, temporary -> Files.write(temporary, listing.bytes()), hash.value());
    }
    return hash;
  }

  interface Writer {
    void write(Path temporary) throws IOException;
  }

  void place(Hash hash, Writer writer, String source) throws IOException {
    var object = object(hash);
    Files.createDirectories(object.getParent());
    var temporary = temporaryBeside(object);
    try {
      writer.write(temporary);
      if (!Md5.of(temporary).equals(plain(hash))) {
        throw new PipelineException(
            "%s: the bytes are not those of %s; the file changed meanwhile, run the command again"
                .formatted(source, hash));
      }
      Files.move(temporary, object, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(temporary);
    }
    protect(object);
  }

  /// Puts the file of `hash` at `target`, replacing what is there in one step.
  void checkout(Hash hash, Path target, boolean executable) throws IOException {
    Files.createDirectories(target.toAbsolutePath().getParent());
    var temporary = temporaryBeside(target);
    try {
      copy(object(hash), temporary);
      if (executable) {
        makeExecutable(temporary);
      }
      if (Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
        Workspace.remove(target);
      }
      Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  private static String plain(Hash hash) {
    return hash.value().substring(0, 32);
  }

  private static Path temporaryBeside(Path file) {
    return file.resolveSibling("." + UUID.randomUUID() + ".tmp");
  }

  /// A copy with the permissions of a new file, whatever those of the source.
  private static void copy(Path source, Path target) throws IOException {
    try (var in = FileChannel.open(source, StandardOpenOption.READ);
        var out =
            FileChannel.open(target, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
      long size = in.size();
      long done = 0;
      while (done < size) {
        long moved = in.transferTo(done, size - done, out);
        if (moved <= 0) {
          break;
        }
        done += moved;
      }
    }
  }

  private static void makeExecutable(Path file) throws IOException {
    var view = posix(file);
    if (view.isPresent()) {
      var permissions = new HashSet<>(view.get().readAttributes().permissions());
      permissions.add(PosixFilePermission.OWNER_EXECUTE);
      if (permissions.contains(PosixFilePermission.GROUP_READ)) {
        permissions.add(PosixFilePermission.GROUP_EXECUTE);
      }
      if (permissions.contains(PosixFilePermission.OTHERS_READ)) {
        permissions.add(PosixFilePermission.OTHERS_EXECUTE);
      }
      view.get().setPermissions(permissions);
    }
  }

  private static void protect(Path object) throws IOException {
    var view = posix(object);
    if (view.isPresent()) {
      view.get().setPermissions(READ_ONLY);
    }
  }

  private static boolean isVerified(Path object) throws IOException {
    var view = posix(object);
    if (view.isEmpty()) {
      return false;
    }
    try {
      PosixFileAttributes attributes = view.get().readAttributes();
      return attributes.isRegularFile() && attributes.permissions().equals(READ_ONLY);
    } catch (NoSuchFileException _) {
      return false;
    }
  }

  /// Empty on Windows.
  private static Optional<PosixFileAttributeView> posix(Path file) {
    return Optional.ofNullable(Files.getFileAttributeView(file, PosixFileAttributeView.class));
  }
}
