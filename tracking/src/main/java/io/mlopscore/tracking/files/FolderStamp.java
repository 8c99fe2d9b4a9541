package io.mlopscore.tracking.files;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/// How a folder `mlruns/` looked: another stamp means that a file came, went or changed. Artifacts
/// do not count.
public record FolderStamp(long files, long hash) {
  public static FolderStamp of(Path root) {
    var seen = new Seen();
    try {
      Files.walkFileTree(root, seen);
    } catch (IOException _) {
      // what cannot be read does not count; reading it will say why
    }
    return new FolderStamp(seen.files, seen.hash);
  }

  private static final class Seen extends SimpleFileVisitor<Path> {
    private long files;
    private long hash;

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
      return folder.endsWith("artifacts") ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      files++;
      hash +=
          31L * file.hashCode() + attributes.lastModifiedTime().toMillis() * 17 + attributes.size();
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) {
      return FileVisitResult.CONTINUE; // it went meanwhile
    }
  }
}
