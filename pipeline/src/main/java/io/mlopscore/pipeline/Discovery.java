package io.mlopscore.pipeline;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Finds every `dvc.yaml` and `*.dvc` of a repository.
final class Discovery {
  private static final Set<String> NOT_ENTERED = Set.of(".git", ".hg", ".dvc");

  private final Repository repository;
  private final List<Path> files = new ArrayList<>();

  private Discovery(Repository repository) {
    this.repository = repository;
  }

  /// All stages and data, those of the root's `dvc.yaml` first.
  static List<Node> nodes(Repository repository) throws IOException {
    var discovery = new Discovery(repository);
    discovery.walk();
    var nodes = new ArrayList<Node>();
    for (var file : discovery.files) {
      if (isStageFile(file)) {
        nodes.addAll(StageFile.read(repository, file));
      } else {
        DataFile.read(repository, file).ifPresent(nodes::add);
      }
    }
    return nodes;
  }

  private static boolean isStageFile(Path file) {
    return file.getFileName().toString().equals("dvc.yaml");
  }

  private void walk() throws IOException {
    Files.walkFileTree(
        repository.root(),
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path at, BasicFileAttributes attributes) {
            return entered(at) ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
          }

          @Override
          public FileVisitResult visitFile(Path at, BasicFileAttributes attributes) {
            var name = at.getFileName().toString();
            if (name.equals("dvc.yaml") || (name.endsWith(".dvc") && !name.equals(".dvc"))) {
              files.add(at);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path at, IOException failure) {
            // What cannot be read holds no stages for us.
            return FileVisitResult.CONTINUE;
          }
        });
    files.sort(
        (a, b) ->
            a.getNameCount() != b.getNameCount() || isStageFile(a) == isStageFile(b)
                ? a.compareTo(b)
                : isStageFile(a) ? -1 : 1);
  }

  /// Repositories within this one look after themselves.
  private boolean entered(Path directory) {
    if (directory.equals(repository.root())) {
      return true;
    }
    return !NOT_ENTERED.contains(directory.getFileName().toString())
        && !Files.isDirectory(directory.resolve(".dvc"));
  }
}
