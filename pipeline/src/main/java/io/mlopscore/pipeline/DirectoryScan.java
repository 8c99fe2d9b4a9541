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
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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
  private record Level(
      Path path, String prefix, HashIndex.Folder index, Optional<IgnoreRules> rules) {}

  private record Chunk(Level level, List<String> names) {}

  /// What one chunk came to.
  private record Part(Map<String, Hash> files, long size) {}

  private final Path top;
  private final HashIndex index;
  private final DvcIgnore ignore;
  private final Queue<Part> parts = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean hasLinks = new AtomicBoolean();
  private final Queue<Level> below = new ConcurrentLinkedQueue<>();

  DirectoryScan(Path top, HashIndex index, DvcIgnore ignore) {
    this.top = top;
    this.index = index;
    this.ignore = ignore;
  }

  Workspace.Scan run() throws IOException {
    var level = List.of(level(top, ""));
    while (!level.isEmpty()) {
      Parallel.local().forEach(chunks(level), this::look);
      level = List.copyOf(below);
      below.clear();
    }
    var files = new HashMap<String, Hash>();
    long size = 0;
    for (var part = parts.poll(); part != null; part = parts.poll()) {
      files.putAll(part.files);
      size += part.size;
    }
    return new Workspace.Scan(DirectoryListing.of(files), size, hasLinks.get());
  }

  private Level level(Path path, String prefix) throws IOException {
    var rules = path.startsWith(ignore.root()) ? ignore.level(path) : Optional.<IgnoreRules>empty();
    return new Level(path, prefix, index.folder(path), rules);
  }

  private static List<Chunk> chunks(List<Level> directories) throws IOException {
    var chunks = new ArrayList<Chunk>();
    for (var directory : directories) {
      var names = directory.path.toFile().list();
      if (names == null) {
        throw new IOException(directory.path + " cannot be read; look at its permissions");
      }
      directory.index.keep(new HashSet<>(Arrays.asList(names)));
      for (int from = 0; from < names.length; from += CHUNK) {
        int to = Math.min(names.length, from + CHUNK);
        chunks.add(new Chunk(directory, List.of(Arrays.copyOfRange(names, from, to))));
      }
    }
    return chunks;
  }

  private void look(Chunk chunk) throws IOException {
    var files = new HashMap<String, Hash>();
    long size = 0;
    for (var name : chunk.names) {
      var path = chunk.level.path.resolve(requireReadable(chunk.level.path, name));
      var own = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      if (own.isDirectory()) {
        enter(chunk.level, name, path);
      } else if (!isIgnored(chunk.level, name, false)) {
        var attributes = own.isSymbolicLink() ? follow(path) : own;
        if (own.isSymbolicLink()) {
          hasLinks.set(true);
        }
        if (attributes.isRegularFile()) {
          files.put(chunk.level.prefix + name, chunk.level.index.hash(path, attributes));
          size += attributes.size();
        }
      }
    }
    parts.add(new Part(files, size));
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
