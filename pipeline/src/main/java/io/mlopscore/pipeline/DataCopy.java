package io.mlopscore.pipeline;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// Copies data to where it is to be tracked.
///
/// @param force whether what is there may be replaced
record DataCopy(Repository repository, boolean force) {
  /// @param source outside of what is tracked already
  /// @param destination a folder that is there gets it inside
  /// @return where it is now
  Path to(Path destination, Path source) throws IOException {
    var target =
        Files.isDirectory(destination) ? destination.resolve(source.getFileName()) : destination;
    repository.requireNotIgnored(target.normalize());
    if (!Files.exists(source)) {
      throw new NoSuchFileException(source.toString());
    }
    if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      requireReplaceable(target, source);
    }
    Staging.in(repository)
        .place(
            target,
            arriving -> {
              copyTree(source, arriving);
              Trees.remove(target);
            });
    return target.normalize();
  }

  private void requireReplaceable(Path target, Path source) throws FileSystemException {
    if (!force) {
      throw new PipelineException(
          "the path '%s' exists already; to override it, re-run with '--force'".formatted(target));
    }
    if (source.startsWith(target)) {
      throw new FileSystemException(target.toString(), null, "it holds what is to be copied");
    }
  }

  private static void copyTree(Path source, Path target) throws IOException {
    try (var files = Files.walk(source)) {
      for (var file : (Iterable<Path>) files::iterator) {
        var copy = target.resolve(source.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(copy);
        } else {
          Files.createDirectories(copy.toAbsolutePath().resolveSibling(""));
          Files.copy(file, copy);
        }
      }
    }
  }
}
