package io.mlopscore.pipeline.experiments;

import io.mlopscore.pipeline.Pipeline;
import io.mlopscore.pipeline.PipelineException;
import io.mlopscore.pipeline.config.ConfigFiles;
import io.mlopscore.pipeline.config.ConfigLevel;
import io.mlopscore.pipeline.config.ConfigSection;
import io.mlopscore.pipeline.git.Git;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;

/// A second working tree of the repository, in which an experiment runs while people go on working
/// in theirs. It has its own files and shares git, the cache and the remotes.
final class TemporaryTree implements AutoCloseable {
  private static final ConfigSection CACHE = ConfigSection.of("cache");

  private final Git outside;
  private final Path folder;
  private final Path directory;

  private TemporaryTree(Git outside, Path folder, Path directory) {
    this.outside = outside;
    this.folder = folder;
    this.directory = directory;
  }

  /// A tree with the files of a task, at the commit that it varies.
  static TemporaryTree of(Pipeline pipeline, Git git, QueuedTask task) throws IOException {
    var folder = folder(pipeline, task);
    Files.createDirectories(folder.getParent());
    git.run("worktree", "add", "--detach", "--no-checkout", folder.toString(), task.head());
    var within = git.directory().relativize(pipeline.directory()).toString();
    var tree = new TemporaryTree(git, folder, folder.resolve(within).normalize());
    try {
      new Git(folder).run("read-tree", "--reset", "-u", task.revision());
      tree.configure(pipeline);
      tree.copy(pipeline, task.copied());
      return tree;
    } catch (IOException | RuntimeException e) {
      tree.close();
      throw e;
    }
  }

  private static Path folder(Pipeline pipeline, QueuedTask task) {
    return pipeline.repository().temporary().resolve("exps").resolve(task.revision());
  }

  /// Removes what a run left that was killed.
  static void discard(Pipeline pipeline, Git git, QueuedTask task) throws IOException {
    var folder = folder(pipeline, task);
    if (Files.exists(folder)) {
      new TemporaryTree(git, folder, folder).close();
    }
  }

  /// The cache, and remotes in folders, are where they were.
  private void configure(Pipeline pipeline) throws IOException {
    var repository = pipeline.repository();
    var root =
        folder.resolve(outside.directory().relativize(repository.root()).toString()).normalize();
    var dvc = root.resolve(".dvc");
    if (!Files.isDirectory(dvc)) {
      throw new PipelineException(
          "git does not know .dvc, which an experiment in another folder needs; commit it first");
    }
    var local = repository.root().resolve(".dvc/config.local");
    if (Files.exists(local)) {
      Files.copy(local, dvc.resolve("config.local"), StandardCopyOption.REPLACE_EXISTING);
    }
    var remotes = repository.config().remotes();
    ConfigFiles.of(Optional.of(dvc), System.getenv())
        .edit(
            ConfigLevel.LOCAL,
            file -> {
              var changed = file.with(CACHE, "dir", repository.cacheRoot().toString());
              for (var remote : remotes.entrySet()) {
                if (!remote.getValue().url().contains("://")) {
                  changed =
                      changed.with(
                          ConfigSection.remote(remote.getKey()), "url", remote.getValue().url());
                }
              }
              return changed;
            });
  }

  private void copy(Pipeline pipeline, List<String> paths) throws IOException {
    for (var path : paths) {
      var from = pipeline.resolve(path);
      if (!Files.exists(from)) {
        throw new PipelineException(
            "Unable to copy '%s': it does not exist; see --copy-paths".formatted(path));
      }
      try (var files = Files.walk(from)) {
        for (var file : (Iterable<Path>) files::iterator) {
          var to = directory.resolve(pipeline.directory().relativize(file).toString()).normalize();
          if (!to.startsWith(folder)) {
            throw new PipelineException("'%s' is not in this repository".formatted(path));
          }
          if (Files.isDirectory(file)) {
            Files.createDirectories(to);
          } else {
            Files.createDirectories(to.resolveSibling(""));
            Files.copy(file, to, StandardCopyOption.REPLACE_EXISTING);
          }
        }
      }
    }
  }

  /// Where commands are given in it, as in the folder it stands for.
  Path directory() {
    return directory;
  }

  Git git() {
    return new Git(folder);
  }

  @Override
  public void close() throws IOException {
    outside.run("worktree", "remove", "--force", "--force", folder.toString());
  }
}
