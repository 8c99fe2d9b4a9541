package io.mlopscore.pipeline.remote;

import io.mlopscore.pipeline.FailureText;
import io.mlopscore.pipeline.Pipeline;
import io.mlopscore.pipeline.PipelineException;
import io.mlopscore.pipeline.Repository;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// Earlier states of a repository: what defines its stages and data, as git has it.
///
/// Only such files are taken out of git, into a folder that lives as long as the look at them;
/// commits in which they are the same are looked at once.
final class Snapshots {
  /// Stages, data, locks, and what templates may read.
  private static final Pattern DEFINING =
      Pattern.compile("(.*/)?([^/]+\\.(dvc|yaml|yml|json|toml|py)|dvc\\.lock|\\.dvcignore)");

  private static final int LARGEST = 64 << 20;

  /// Looks at one revision.
  interface Visitor {
    void visit(Pipeline pipeline) throws IOException;
  }

  /// What to do about a revision that cannot be read.
  interface Unreadable {
    void skip(String revision, String reason);
  }

  private final Repository repository;
  private final Path git;
  private final Path within;

  Snapshots(Repository repository) {
    this.repository = repository;
    this.git =
        repository
            .git()
            .orElseThrow(
                () ->
                    new PipelineException("there is no git repository here to take revisions of"));
    this.within = git.relativize(repository.root());
  }

  void forEach(Revisions revisions, Path directory, Visitor visitor, Unreadable unreadable)
      throws IOException {
    Set<List<GitObjects.Blob>> seen = new HashSet<>();
    try (var objects = new GitObjects(git)) {
      for (var commit : new GitCommits(git).of(revisions)) {
        var blobs = objects.blobs(commit).stream().filter(this::isWanted).toList();
        if (!blobs.isEmpty() && seen.add(blobs)) {
          visit(commit, blobs, objects, directory, visitor, unreadable);
        }
      }
    }
  }

  private boolean isWanted(GitObjects.Blob blob) {
    boolean inside = within.toString().isEmpty() || Path.of(blob.path()).startsWith(within);
    return inside && DEFINING.matcher(blob.path()).matches();
  }

  private void visit(
      String commit,
      List<GitObjects.Blob> blobs,
      GitObjects objects,
      Path directory,
      Visitor visitor,
      Unreadable unreadable)
      throws IOException {
    var folder = Files.createTempDirectory("mlops-revision");
    var root = folder.resolve(within.toString());
    try {
      Files.createDirectories(root.resolve(".dvc"));
      for (var blob : blobs) {
        if (blob.size() <= LARGEST) {
          var file = folder.resolve(blob.path());
          Files.createDirectories(file.getParent());
          Files.write(file, objects.content(blob));
        }
      }
      var here = root.resolve(repository.root().relativize(directory).toString());
      Files.createDirectories(here);
      visitor.visit(Pipeline.open(here));
    } catch (PipelineException | io.mlopscore.pipeline.yaml.YamlException e) {
      unreadable.skip(commit, FailureText.ofRevision(e, root, commit));
    } finally {
      remove(folder);
    }
  }

  private static void remove(Path folder) throws IOException {
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path at, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(at);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(
              Path at, @org.jspecify.annotations.Nullable IOException failure) throws IOException {
            Files.delete(at);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
