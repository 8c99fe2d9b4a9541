package io.mlopscore.pipeline;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;

/// Undoes `init`: the files of stages and data, `.dvcignore` and `.dvc` with its cache go. Data in
/// the workspace stays, and no longer depends on the cache.
public final class RepositoryRemoval {
  private final Pipeline pipeline;

  public RepositoryRemoval(Pipeline pipeline) {
    this.pipeline = pipeline;
  }

  public void run() throws IOException {
    var repository = pipeline.repository();
    try (var _ = pipeline.lock()) {
      for (var node : pipeline.nodes()) {
        for (var output : node.outputs()) {
          detach(output.file());
        }
        Files.deleteIfExists(node.definition());
        if (node instanceof Stage stage) {
          Files.deleteIfExists(stage.lockFile());
        }
      }
    }
    Files.deleteIfExists(repository.root().resolve(".dvcignore"));
    Trees.remove(repository.dvcDirectory());
  }

  private void detach(Path output) throws IOException {
    if (!Files.exists(output) || !repository().contains(output)) {
      return;
    }
    Files.walkFileTree(
        output,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path at, BasicFileAttributes attributes)
              throws IOException {
            boolean linked = attributes.isSymbolicLink() || !Files.isWritable(at) || shared(at);
            if (linked && Files.isRegularFile(at)) {
              copyInPlace(at);
            }
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private Repository repository() {
    return pipeline.repository();
  }

  /// Whether the file has a second name, which may be an object of the cache.
  private static boolean shared(Path file) throws IOException {
    boolean known = file.getFileSystem().supportedFileAttributeViews().contains("unix");
    return known && (int) Files.getAttribute(file, "unix:nlink") > 1;
  }

  private static void copyInPlace(Path file) throws IOException {
    try (var in = Files.newInputStream(file)) {
      WholeFile.replace(
          file, temporary -> Files.copy(in, temporary, StandardCopyOption.REPLACE_EXISTING));
    }
  }
}
