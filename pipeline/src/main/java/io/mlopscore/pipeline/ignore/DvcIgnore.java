package io.mlopscore.pipeline.ignore;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Which files and directories of a repository are no data: the rules of its `.dvcignore` files,
/// each for the directory it stands in and all below, later ones winning.
///
/// `.git`, `.hg` and `.dvc` are always ignored, and so is a repository within the repository. What
/// is below an ignored directory cannot be taken back in. Paths outside of the repository are never
/// ignored. Any number of threads may ask.
public final class DvcIgnore {
  /// The name of the files with rules.
  public static final String FILE = ".dvcignore";

  private final IgnoreRules top;
  private final Path root;
  private final Map<Path, Optional<IgnoreRules>> levels = new ConcurrentHashMap<>();

  /// @param root of the repository, absolute
  public DvcIgnore(Path root) throws IOException {
    this.root = root;
    this.top = IgnoreRules.top(root);
  }

  /// The root of the repository, absolute.
  public Path root() {
    return root;
  }

  /// The rules for what is directly inside the repository.
  public IgnoreRules top() {
    return top;
  }

  /// The rules for what is directly inside a directory; empty when the directory itself is ignored.
  ///
  /// @param directory absolute and normalized, inside the repository
  public Optional<IgnoreRules> level(Path directory) throws IOException {
    if (directory.equals(root)) {
      return Optional.of(top);
    }
    var known = levels.get(directory);
    if (known == null) {
      var above = level(parent(directory));
      known = above.isEmpty() ? above : above.get().enter(directory.getFileName().toString());
      levels.put(directory, known);
    }
    return known;
  }

  /// Whether a path is ignored, because of itself or a directory above.
  ///
  /// @param path absolute and normalized
  public boolean ignores(Path path, boolean isDirectory) throws IOException {
    if (!path.startsWith(root) || path.equals(root)) {
      return false;
    }
    var above = level(parent(path));
    var name = path.getFileName().toString();
    return above.isEmpty()
        || above.get().ignores(name, isDirectory)
        || (isDirectory && isRepository(path));
  }

  /// The line that decides about a path, be it to ignore it or to take it back in.
  ///
  /// @param path absolute and normalized
  public Optional<IgnorePattern> deciding(Path path, boolean isDirectory) throws IOException {
    if (!path.startsWith(root) || path.equals(root)) {
      return Optional.empty();
    }
    var above = level(parent(path));
    if (above.isEmpty()) {
      return deciding(parent(path), true);
    }
    return isDirectory && isRepository(path)
        ? IgnorePattern.of("/" + path.getFileName() + "/", "in sub_repo:" + path.getFileName())
        : above.get().deciding(path.getFileName().toString(), isDirectory);
  }

  static boolean isRepository(Path directory) {
    return Files.exists(directory.resolve(".dvc"));
  }

  private static Path parent(Path path) {
    return path.resolveSibling("");
  }
}
