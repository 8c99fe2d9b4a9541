package io.mlopscore.pipeline;

import io.mlopscore.pipeline.ignore.DvcIgnore;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The files people see: what is at a path, and what its content hashes to.
final class Workspace {
  private final HashIndex index;
  private final Path legacyFile;
  private final DirectoryIndex directories;
  private final DvcIgnore ignore;
  private final Parallel hashing;
  private @Nullable HashIndex legacyIndex;

  /// @param own the folder of our private files
  /// @param hashing how many files are hashed at a time
  Workspace(Path own, DirectoryIndex directories, DvcIgnore ignore, Parallel hashing) {
    this.hashing = hashing;
    this.index = HashIndex.open(own.resolve("hashes"), false);
    this.legacyFile = own.resolve("hashes-dos2unix");
    this.directories = directories;
    this.ignore = ignore;
  }

  /// Few repositories have entries of DVC 2, so the file is read for those only.
  private synchronized HashIndex index(boolean legacy) {
    if (!legacy) {
      return index;
    }
    var opened = legacyIndex;
    if (opened == null) {
      opened = HashIndex.open(legacyFile, true);
      legacyIndex = opened;
    }
    return opened;
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

  /// What is at `path` now; empty when nothing is there.
  Optional<Found> find(Path path) throws IOException {
    return find(path, false);
  }

  /// As above, for a path with a recorded content: what DVC 2 recorded stays as it is for as long
  /// as the content is the same, and is hashed as DVC 3 does when it changed.
  Optional<Found> find(Path path, Optional<Tracked> recorded) throws IOException {
    if (recorded.isPresent() && recorded.get().hash().isLegacy()) {
      var found = find(path, true);
      if (found.isPresent() && found.get().content().sameContent(recorded.get())) {
        return found;
      }
    }
    return find(path);
  }

  /// As above, hashed in one way.
  ///
  /// @param legacy as DVC 2 does
  Optional<Found> find(Path path, boolean legacy) throws IOException {
    var file = path.toFile();
    if (!file.exists()) {
      return Optional.empty();
    }
    var attributes = Files.readAttributes(path, BasicFileAttributes.class);
    if (attributes.isDirectory()) {
      var scan = scan(path, legacy);
      var content = new Tracked(hash(scan), scan.size(), scan.count(), false);
      return Optional.of(new Found(content, Optional.of(scan)));
    }
    var hash = index(legacy).hash(path, attributes);
    var content = new Tracked(hash, attributes.size(), 0, file.canExecute());
    return Optional.of(new Found(content, Optional.empty()));
  }

  /// The hash of a directory's listing, which is made only if these files were not met before.
  Hash hash(ScannedFiles files) {
    return directories.hash(files);
  }

  /// Whether a file holds `hash`, as far as can be told without reading it.
  boolean isKnown(Path path, Hash hash) throws IOException {
    return index(hash.isLegacy())
        .knows(path, Files.readAttributes(path, BasicFileAttributes.class), hash);
  }

  /// Every regular file below a directory. A link to a file counts as the file, a link to a
  /// directory is left out, empty directories vanish: as DVC has it.
  ScannedFiles scan(Path directory, boolean legacy) throws IOException {
    return new DirectoryScan(directory, index(legacy), ignore, hashing).run();
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

  /// The files of a directory by path, for putting another content in its place.
  Map<String, Hash> filesIn(Path directory, boolean legacy) throws IOException {
    return scan(directory, legacy).listing().files();
  }

  synchronized void save() {
    index.save();
    var opened = legacyIndex;
    if (opened != null) {
      opened.save();
    }
    directories.save();
  }
}
