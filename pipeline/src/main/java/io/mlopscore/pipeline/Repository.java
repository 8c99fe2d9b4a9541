package io.mlopscore.pipeline;

import io.mlopscore.pipeline.ignore.DvcIgnore;
import io.mlopscore.pipeline.ignore.GitIgnored;
import io.mlopscore.pipeline.ignore.IgnorePattern;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// A directory under version control of data: the one that holds `.dvc/`.
public final class Repository {
  private final Path root;
  private final Optional<Path> git;
  private final Config config;
  private final DvcIgnore ignore;

  private Repository(Path root, Optional<Path> git, Config config) throws IOException {
    this.root = root;
    this.git = git;
    this.config = config;
    this.ignore = new DvcIgnore(root);
  }

  /// The repository that contains `directory`.
  ///
  /// @throws NoRepositoryException when there is none
  public static Repository containing(Path directory) throws IOException {
    var root = rootAround(directory);
    return new Repository(root, gitRoot(root), Config.of(root.resolve(".dvc"), System.getenv()));
  }

  /// The root of the repository that contains `directory`; its settings may be wrong.
  ///
  /// @throws NoRepositoryException when there is none
  public static Path rootAround(Path directory) {
    return findRoot(directory)
        .orElseThrow(
            () ->
                new NoRepositoryException(
                    ("%s is not inside a DVC repository: no .dvc directory here or above;"
                            + " `mlops init` makes one")
                        .formatted(directory.toAbsolutePath().normalize())));
  }

  /// As [#rootAround], for what also works outside of repositories.
  public static Optional<Path> findRoot(Path directory) {
    for (var at = directory.toAbsolutePath().normalize(); at != null; at = at.getParent()) {
      if (Files.isDirectory(at.resolve(".dvc"))) {
        return Optional.of(at);
      }
    }
    return Optional.empty();
  }

  /// The same settings over the files of another root, where git is not asked.
  Repository withRoot(Path other) throws IOException {
    return new Repository(other, Optional.empty(), config);
  }

  /// Makes `directory` a repository, under git or not; what is there stays.
  public static Repository init(Path directory) throws IOException {
    RepositoryInit.write(directory, false);
    return containing(directory);
  }

  /// The root of the git work tree that a directory stands in, at it or further up.
  public static Optional<Path> gitRoot(Path directory) {
    for (var at = directory; at != null; at = at.getParent()) {
      if (Files.exists(at.resolve(".git"))) {
        return Optional.of(at);
      }
    }
    return Optional.empty();
  }

  /// Absolute.
  public Path root() {
    return root;
  }

  /// The root of the git work tree it stands in, which may be a directory further up.
  public Optional<Path> git() {
    return git;
  }

  public Config config() {
    return config;
  }

  /// What the `.dvcignore` files say.
  public DvcIgnore ignore() {
    return ignore;
  }

  /// What git ignores; empty where git is not used.
  Optional<GitIgnored> gitIgnored() throws IOException {
    return git.isPresent() && config.useGit()
        ? Optional.of(new GitIgnored(git.get(), System.getenv()))
        : Optional.empty();
  }

  /// The directory `.dvc`.
  public Path dvcDirectory() {
    return root.resolve(".dvc");
  }

  /// Where this repository keeps what can be lost.
  public Path temporary() {
    return dvcDirectory().resolve("tmp");
  }

  /// The folder of our private files in there, which `dvc` leaves alone.
  public Path own() {
    return temporary().resolve("mlops");
  }

  /// The root of the cache: `files/md5`, `runs` and legacy objects are below it.
  public Path cacheRoot() {
    return config.cacheDirectory();
  }

  /// A path as people write it: relative to the root, with `/`.
  public String relative(Path path) {
    return Workspace.posix(root.relativize(path));
  }

  /// @throws PipelineException when a rule keeps the path from being data
  public void requireNotIgnored(Path path) throws IOException {
    ignoredBy(path)
        .ifPresent(
            rule -> {
              throw new PipelineException("Path '%s' is ignored by %s".formatted(path, rule));
            });
  }

  /// The rule of `.dvcignore` that keeps a path from being data.
  ///
  /// @param path a file or directory, or where one will be
  Optional<String> ignoredBy(Path path) throws IOException {
    boolean hidden = ignore.ignores(path, false) || ignore.ignores(path, true);
    if (!hidden || !ignore.ignores(path, Files.isDirectory(path))) {
      return Optional.empty();
    }
    var line = ignore.deciding(path, Files.isDirectory(path)).map(IgnorePattern::source);
    return Optional.of(line.orElse(DvcIgnore.FILE));
  }

  boolean contains(Path path) {
    return path.startsWith(root);
  }
}
