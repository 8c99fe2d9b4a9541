package io.mlopscore.pipeline;

import io.mlopscore.pipeline.ignore.DvcIgnore;
import java.io.File;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The files people see: what is at a path, and what its content hashes to.
final class Workspace {
  /// A directory with what was found in it.
  record Scan(DirectoryListing listing, long size) {}

  private final HashIndex index;
  private final DvcIgnore ignore;

  Workspace(HashIndex index, DvcIgnore ignore) {
    this.index = index;
    this.ignore = ignore;
  }

  /// What is at `path` now; empty when nothing is there.
  Optional<Tracked> look(Path path) throws IOException {
    BasicFileAttributes attributes;
    try {
      attributes = Files.readAttributes(path, BasicFileAttributes.class);
    } catch (NoSuchFileException _) {
      return Optional.empty();
    }
    if (attributes.isDirectory()) {
      var scan = scan(path);
      return Optional.of(
          new Tracked(scan.listing.hash(), scan.size, scan.listing.files().size(), false));
    }
    var hash = index.hash(path, attributes);
    return Optional.of(new Tracked(hash, attributes.size(), 0, Files.isExecutable(path)));
  }

  /// Every regular file below a directory. A link to a file counts as the file, a link to a
  /// directory is left out, empty directories vanish: as DVC has it.
  Scan scan(Path directory) throws IOException {
    var files = new HashMap<String, Hash>();
    long[] size = {0};
    Files.walkFileTree(
        directory,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path at, BasicFileAttributes attributes)
              throws IOException {
            boolean skipped = !at.equals(directory) && ignore.ignores(at, true);
            return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path at, BasicFileAttributes attributes)
              throws IOException {
            if (ignore.ignores(at, false)) {
              return FileVisitResult.CONTINUE;
            }
            var target = attributes.isSymbolicLink() ? follow(at) : attributes;
            if (target.isRegularFile()) {
              files.put(posix(directory.relativize(at)), index.hash(at, target));
              size[0] += target.size();
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return new Scan(DirectoryListing.of(files), size[0]);
  }

  private static BasicFileAttributes follow(Path link) throws IOException {
    try {
      return Files.readAttributes(link, BasicFileAttributes.class);
    } catch (NoSuchFileException e) {
      throw new PipelineException(
          link + ": the link points nowhere; remove it or restore what it points to", e);
    }
  }

  /// @throws PipelineException when the locale cannot express the name, since then its hash would
  ///     be wrong
  static String posix(Path path) {
    var text = path.toString();
    if (text.indexOf('\ufffd') >= 0) {
      throw new PipelineException(
          text + ": the name cannot be read in this locale; set LC_ALL=C.UTF-8 and try again");
    }
    return text.replace(File.separatorChar, '/');
  }

  /// Removes a file or a directory with all that is in it; links are removed, not followed.
  static void remove(Path path) throws IOException {
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    Files.walkFileTree(
        path,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path at, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(at);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(
              Path at, @org.jspecify.annotations.Nullable IOException failure) throws IOException {
            if (failure != null) {
              throw failure;
            }
            Files.delete(at);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /// The files of a directory by path, for putting another content in its place.
  Map<String, Hash> filesIn(Path directory) throws IOException {
    return scan(directory).listing.files();
  }

  void save() {
    index.save();
  }
}
