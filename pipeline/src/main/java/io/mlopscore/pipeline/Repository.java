package io.mlopscore.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// A directory under version control of data: the one that holds `.dvc/`.
///
/// @param root absolute
/// @param git the root of the git repository it stands in, which may be a directory further up
public record Repository(Path root, Optional<Path> git, Config config) {
  /// The repository that contains `directory`.
  ///
  /// @throws NoRepositoryException when there is none
  public static Repository containing(Path directory) throws IOException {
    var start = directory.toAbsolutePath().normalize();
    for (var at = start; at != null; at = at.getParent()) {
      if (Files.isDirectory(at.resolve(".dvc"))) {
        return new Repository(at, gitRoot(at), Config.of(at.resolve(".dvc")));
      }
    }
    throw new NoRepositoryException(
        "%s is not inside a DVC repository: no .dvc directory here or above; `mlops init` makes one"
            .formatted(start));
  }

  /// Makes `directory` a repository, as `dvc init` does.
  public static Repository init(Path directory) throws IOException {
    var dvc = directory.resolve(".dvc");
    Files.createDirectories(dvc.resolve("tmp"));
    writeNew(dvc.resolve("config"), "");
    writeNew(dvc.resolve(".gitignore"), "/config.local\n/tmp\n/cache\n");
    writeNew(
        directory.resolve(".dvcignore"),
        "# Names that are no data, one pattern a line, as in .gitignore.\n");
    return containing(directory);
  }

  private static void writeNew(Path file, String text) throws IOException {
    if (!Files.exists(file)) {
      Files.writeString(file, text);
    }
  }

  private static Optional<Path> gitRoot(Path directory) {
    for (var at = directory; at != null; at = at.getParent()) {
      if (Files.exists(at.resolve(".git"))) {
        return Optional.of(at);
      }
    }
    return Optional.empty();
  }

  Path dvcDirectory() {
    return root.resolve(".dvc");
  }

  Path temporary() {
    return dvcDirectory().resolve("tmp");
  }

  Path cacheRoot() {
    return config.cacheDirectory();
  }

  /// A path as people write it: relative to the root, with `/`.
  String relative(Path path) {
    return Workspace.posix(root.relativize(path));
  }

  boolean contains(Path path) {
    return path.startsWith(root);
  }
}
