package io.mlopscore.pipeline;

import io.mlopscore.pipeline.ignore.DvcIgnore;
import io.mlopscore.pipeline.ignore.IgnoreRules;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/// One walk through a directory, level by level; the files of a level are looked at in parallel.
///
/// Each file costs one look at its attributes, and is read only if they changed.
final class DirectoryScan {
  /// Names handed to a worker at once.
  private static final int CHUNK = 512;

  /// A directory of the level that is being walked.
  ///
  /// @param prefix its path within the scanned one, with `/` at the end; empty for that one
  /// @param number of the prefix, see [Fingerprint#path]
  private record Level(
      Path path, String prefix, long number, HashIndex.Folder index, Optional<IgnoreRules> rules) {}

  private record Chunk(Level level, List<String> names) {}

  private final Path top;
  private final HashIndex index;
  private final DvcIgnore ignore;
  private final Parallel hashing;
  private final Queue<ScannedFiles.Part> parts = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean hasLinks = new AtomicBoolean();
  private final Queue<Level> below = new ConcurrentLinkedQueue<>();

  DirectoryScan(Path top, HashIndex index, DvcIgnore ignore, Parallel hashing) {
    this.hashing = hashing;
    this.top = top;
    this.index = index;
    this.ignore = ignore;
  }

  ScannedFiles run() throws IOException {
    var level = List.of(level(top, ""));
    while (!level.isEmpty()) {
      var chunks = new ConcurrentLinkedQueue<Chunk>();
      hashing.forEach(level, directory -> chunks.addAll(chunks(directory)));
      hashing.forEach(chunks, this::look);
      level = List.copyOf(below);
      below.clear();
    }
    return new ScannedFiles(List.copyOf(parts), hasLinks.get(), index.isLegacy());
  }

  private Level level(Path path, String prefix) throws IOException {
    var rules = path.startsWith(ignore.root()) ? ignore.level(path) : Optional.<IgnoreRules>empty();
    return new Level(path, prefix, Fingerprint.path(0, prefix), index.folder(path), rules);
  }

  private static List<Chunk> chunks(Level directory) throws IOException {
    var names = directory.path.toFile().list();
    if (names == null) {
      throw new IOException(directory.path + " cannot be read; look at its permissions");
    }
    directory.index.keep(new HashSet<>(Arrays.asList(names)));
    var chunks = new ArrayList<Chunk>();
    for (int from = 0; from < names.length; from += CHUNK) {
      int to = Math.min(names.length, from + CHUNK);
      chunks.add(new Chunk(directory, List.of(Arrays.copyOfRange(names, from, to))));
    }
    return chunks;
  }

  private void look(Chunk chunk) throws IOException {
    var level = chunk.level;
    var names = new ArrayList<String>(chunk.names.size());
    var hashes = new ArrayList<Hash>(chunk.names.size());
    long size = 0;
    var fingerprint = Fingerprint.NONE;
    for (var name : chunk.names) {
      var path = level.path.resolve(requireReadable(level.path, name));
      var own = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      if (own.isDirectory()) {
        enter(level, name, path);
      } else if (!isIgnored(level, name, false)) {
        var attributes = own.isSymbolicLink() ? follow(path) : own;
        if (own.isSymbolicLink()) {
          hasLinks.set(true);
        }
        if (attributes.isRegularFile()) {
          var hash = level.index.hash(path, name, attributes);
          names.add(name);
          hashes.add(hash);
          size += attributes.size();
          fingerprint = fingerprint.and(Fingerprint.of(Fingerprint.path(level.number, name), hash));
        }
      }
    }
    parts.add(new ScannedFiles.Part(level.prefix, names, hashes, size, fingerprint));
  }

  private void enter(Level level, String name, Path path) throws IOException {
    if (!isIgnored(level, name, true) && !ignore.ignores(path, true)) {
      below.add(level(path, level.prefix + name + "/"));
    }
  }

  private static boolean isIgnored(Level level, String name, boolean isDirectory) {
    return level.rules.isPresent() && level.rules.get().ignores(name, isDirectory);
  }

  /// @throws PipelineException when the locale cannot express the name, since then its hash would
  ///     be wrong
  private static String requireReadable(Path directory, String name) {
    if (name.indexOf('\ufffd') >= 0) {
      throw new PipelineException(
          directory
              + File.separator
              + name
              + ": the name cannot be read in this locale; set LC_ALL=C.UTF-8 and try again");
    }
    return name;
  }

  private static BasicFileAttributes follow(Path link) throws IOException {
    try {
      return Files.readAttributes(link, BasicFileAttributes.class);
    } catch (NoSuchFileException e) {
      throw new PipelineException(
          link + ": the link points nowhere; remove it or restore what it points to", e);
    }
  }
}
