package io.mlopscore.pipeline.git;

import io.mlopscore.pipeline.FailureText;
import io.mlopscore.pipeline.Pipeline;
import io.mlopscore.pipeline.PipelineException;
import io.mlopscore.pipeline.Repository;
import io.mlopscore.pipeline.Trees;
import io.mlopscore.pipeline.yaml.YamlException;
import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.UUID;

/// The pipeline as it was at a revision of git, read by the same code as that of the workspace.
///
/// The files that define it are put below `.dvc/tmp/mlops/revisions`, once for each tree: a tree
/// never changes, so what is there can be used again by anyone. The cache is the workspace's.
public final class Revisions {
  private final Pipeline workspace;
  private final Repository repository;
  private final Git git;
  private final Map<Path, String> opened = new LinkedHashMap<>();

  /// @throws PipelineException when the repository is not under git
  public Revisions(Pipeline workspace) {
    this.workspace = workspace;
    this.repository = workspace.repository();
    this.git = Git.of(repository);
  }

  public Git git() {
    return git;
  }

  /// @throws PipelineException when there is no such revision
  public Pipeline at(String revision) throws IOException {
    var root = directory(git.commit(revision));
    opened.putIfAbsent(root, revision);
    return workspace.withRoot(root);
  }

  /// What reads revisions.
  public interface Reading<T> {
    T read() throws IOException;
  }

  /// Reads revisions so that what is wrong in their files is told as `revision:path`.
  public <T> T reading(Reading<T> reading) throws IOException {
    try {
      return reading.read();
    } catch (PipelineException | YamlException e) {
      var text = FailureText.of(e);
      var told = told(text);
      throw told.equals(text) ? e : new PipelineException(told, e);
    }
  }

  private String told(String text) {
    var told = text;
    for (var root : opened.entrySet()) {
      told = told.replace(root.getKey() + File.separator, root.getValue() + ":");
    }
    return told;
  }

  /// The files of a commit that define its pipeline. Empty where the commit has no such folder.
  private Path directory(String commit) throws IOException {
    var tree = git.folder(commit, prefix());
    var target = repository.own().resolve("revisions").resolve(tree.orElse("none"));
    if (!Files.isDirectory(target)) {
      var temporary = target.resolveSibling(UUID.randomUUID() + ".tmp");
      try {
        Files.createDirectories(temporary.resolve(".dvc"));
        if (tree.isPresent()) {
          new TreeFiles(git).write(tree.get(), temporary);
        }
        moveUnlessThere(temporary, target);
      } finally {
        Trees.remove(temporary);
      }
    }
    return target;
  }

  /// Another process may have been faster; what it made is the same.
  private static void moveUnlessThere(Path temporary, Path target) throws IOException {
    try {
      Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileAlreadyExistsException | DirectoryNotEmptyException e) {
      if (!Files.isDirectory(target)) {
        throw e;
      }
    }
  }

  /// Where the repository stands in the work tree of git; empty for its root.
  public String prefix() {
    return git.directory().relativize(repository.root()).toString().replace('\\', '/');
  }

  /// The commits that the options for several revisions stand for, in the order of their names.
  ///
  /// @param branches the tip of each branch, as `--all-branches`
  /// @param tags each tag, as `--all-tags`
  /// @param commits every commit, as `--all-commits`
  public SequencedSet<String> commits(boolean branches, boolean tags, boolean commits)
      throws IOException {
    var names = new LinkedHashSet<String>();
    for (var name : branches ? git.branches() : List.<String>of()) {
      names.add(git.commit("refs/heads/" + name));
    }
    for (var name : tags ? git.tags() : List.<String>of()) {
      git.find("refs/tags/" + name).ifPresent(names::add);
    }
    names.addAll(commits ? git.commits() : List.of());
    return names;
  }

  /// The same, by the names that people know them by: branches and tags as they are called, commits
  /// by their ids. Several names of one commit are joined by commas.
  public Map<String, String> names(boolean branches, boolean tags, boolean commits)
      throws IOException {
    var names = new LinkedHashMap<String, List<String>>();
    for (var name : branches ? git.branches() : List.<String>of()) {
      names.computeIfAbsent(git.commit("refs/heads/" + name), _ -> new ArrayList<>()).add(name);
    }
    for (var name : tags ? git.tags() : List.<String>of()) {
      names.computeIfAbsent(git.commit("refs/tags/" + name), _ -> new ArrayList<>()).add(name);
    }
    for (var commit : commits ? git.commits() : List.<String>of()) {
      names.computeIfAbsent(commit, _ -> new ArrayList<>(List.of(commit)));
    }
    var joined = new LinkedHashMap<String, String>();
    names.forEach((commit, known) -> joined.put(String.join(",", known), commit));
    return joined;
  }
}
