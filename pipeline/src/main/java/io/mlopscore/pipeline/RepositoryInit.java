package io.mlopscore.pipeline;

import io.mlopscore.pipeline.git.Git;
import io.mlopscore.pipeline.ignore.DvcIgnore;
import io.mlopscore.pipeline.ignore.GitIgnored;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;

/// Makes a directory a repository: the files are, byte for byte, those of `dvc init`.
///
/// @param noScm whether to do without git
/// @param subdirectory whether the root of git may be further up
/// @param force whether a repository that is there is removed first, with its cache
public record RepositoryInit(boolean noScm, boolean subdirectory, boolean force) {
  private static final String DVCIGNORE =
      """
      # Add patterns of files dvc should ignore, which could improve
      # the performance. Learn more at
      # https://dvc.org/doc/user-guide/dvcignore
      """;

  /// @return the repository, whose new files git has
  /// @throws PipelineException when the directory is not under git, or is a repository already
  public Repository run(Path directory) throws IOException {
    var root = directory.toAbsolutePath().normalize();
    var dvc = root.resolve(".dvc");
    if (!noScm) {
      requireGit(root, dvc);
    }
    if (Files.isDirectory(dvc)) {
      if (!force) {
        throw new PipelineException(
            "'%s' exists; --force removes it with its cache and starts anew".formatted(dvc));
      }
      Trees.remove(dvc);
    }
    write(root, noScm);
    var repository = Repository.containing(root);
    if (!noScm) {
      stage(root);
    }
    return repository;
  }

  private void requireGit(Path root, Path dvc) throws IOException {
    var git = Repository.gitRoot(root);
    if (git.isEmpty() || (!subdirectory && !git.get().equals(root))) {
      throw new PipelineException(
          "%s is not the root of a git repository: run `git init` first, or use --subdir below such"
                  .formatted(root)
              + " a root, or --no-scm to do without git");
    }
    if (new GitIgnored(git.get(), System.getenv()).ignores(dvc, true)) {
      throw new PipelineException(
          dvc + " is ignored by git; a line '!.dvc' in .gitignore takes it back in");
    }
  }

  /// Writes what is not there yet.
  static void write(Path root, boolean noScm) throws IOException {
    var dvc = root.resolve(".dvc");
    Files.createDirectories(dvc.resolve("tmp"));
    writeNew(dvc.resolve("config"), noScm ? "[core]\n    no_scm = True\n" : "");
    writeNew(root.resolve(DvcIgnore.FILE), DVCIGNORE);
    if (!noScm) {
      writeNew(dvc.resolve(".gitignore"), "/config.local\n/tmp\n/cache\n");
    }
  }

  private static void writeNew(Path file, String text) throws IOException {
    if (!Files.exists(file)) {
      WholeFile.write(file, text);
    }
  }

  private static void stage(Path root) throws IOException {
    var files = new ArrayList<String>();
    for (var name : new String[] {".dvc/config", ".dvc/.gitignore", DvcIgnore.FILE}) {
      files.add(root.resolve(name).toString());
    }
    files.addFirst("--");
    files.addFirst("add");
    new Git(root).run(files.toArray(String[]::new));
  }
}
