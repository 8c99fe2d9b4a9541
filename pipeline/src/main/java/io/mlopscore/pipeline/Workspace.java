package io.mlopscore.pipeline;

import io.mlopscore.pipeline.ignore.DvcIgnore;
import java.io.File;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.Optional;

/// The files people see: what is at a path, and what its content hashes to.
final class Workspace {
  private final HashIndex index;
  private final DirectoryIndex directories;
  private final DvcIgnore ignore;

  Workspace(HashIndex index, DirectoryIndex directories, DvcIgnore ignore) {
    this.index = index;
    this.directories = directories;
    this.ignore = ignore;
  }

  /// What is at `path` now; empty when nothing is there.
  Optional<Tracked> look(Path path) throws IOException {
    return find(path).map(Found::content);
  }

  /// What is at a path.
  ///
  /// @param files of a directory, those in it
  record Found(Tracked content, Optional<ScannedFiles> files) {
    /// Of a directory, the files in it in order.
    Optional<DirectoryListing> listing() {
      return files.map(ScannedFiles::listing);
    }

    boolean isDirectory() {
      return files.isPresent();
    }

    /// Whether some files of a directory are symbolic links.
    boolean hasLinks() {
      return files.isPresent() && files.get().hasLinks();
    }
  }

  /// As [#look], with the files of a directory.
  Optional<Found> find(Path path) throws IOException {
    var file = path.toFile();
    if (!file.exists()) {
      return Optional.empty();
    }
    var attributes = Files.readAttributes(path, BasicFileAttributes.class);
    if (attributes.isDirectory()) {
      var scan = scan(path);
      var content = new Tracked(directories.hash(scan), scan.size(), scan.count(), false);
      return Optional.of(new Found(content, Optional.of(scan)));
    }
    var hash = index.hash(path, attributes);
    var content = new Tracked(hash, attributes.size(), 0, file.canExecute());
    return Optional.of(new Found(content, Optional.empty()));
  }

  /// Whether a file holds `hash`, as far as can be told without reading it.
  boolean isKnown(Path path, Hash hash) throws IOException {
    return index.knows(path, Files.readAttributes(path, BasicFileAttributes.class), hash);
  }

  /// Every regular file below a directory. A link to a file counts as the file, a link to a
  /// directory is left out, empty directories vanish: as DVC has it.
  ScannedFiles scan(Path directory) throws IOException {
    return new DirectoryScan(directory, index, ignore).run();
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
    return scan(directory).listing().files();
  }

  void save() {
    index.save();
    directories.save();
  }
}
