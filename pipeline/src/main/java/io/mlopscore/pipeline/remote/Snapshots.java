package io.mlopscore.pipeline.remote;

import io.mlopscore.pipeline.FailureText;
import io.mlopscore.pipeline.Pipeline;
import io.mlopscore.pipeline.PipelineException;
import io.mlopscore.pipeline.Repository;
import io.mlopscore.pipeline.Trees;
import io.mlopscore.pipeline.git.Git;
import io.mlopscore.pipeline.git.TreeEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

  /// Those that say what is in use.
  private static final Pattern NAMING = Pattern.compile("(.*/)?([^/]+\\.dvc|dvc\\.(lock|yaml))");

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

  void forEach(CommitSelection revisions, Path directory, Visitor visitor, Unreadable unreadable)
      throws IOException {
    Set<List<TreeEntry>> seen = new HashSet<>();
    try (var objects = new GitObjects(git)) {
      for (var commit : new GitCommits(new Git(git)).of(revisions)) {
        var blobs = new Git(git).tree(commit).stream().filter(this::isWanted).toList();
        if (!blobs.isEmpty() && seen.add(blobs)) {
          visit(commit, blobs, objects, directory, visitor, unreadable);
        }
      }
    }
  }

  private boolean isWanted(TreeEntry blob) {
    boolean inside = within.toString().isEmpty() || Path.of(blob.path()).startsWith(within);
    return inside && blob.isFile() && DEFINING.matcher(blob.path()).matches();
  }

  private void visit(
      String commit,
      List<TreeEntry> blobs,
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
        } else if (NAMING.matcher(blob.path()).matches()) {
          throw new PipelineException(
              "'%s' has %d bytes, too many to read which data it names"
                  .formatted(blob.path(), blob.size()));
        }
      }
      var here = root.resolve(repository.root().relativize(directory).toString());
      Files.createDirectories(here);
      visitor.visit(Pipeline.open(here));
    } catch (PipelineException | io.mlopscore.pipeline.yaml.YamlException e) {
      unreadable.skip(commit, FailureText.ofRevision(e, root, commit));
    } finally {
      Trees.remove(folder);
    }
  }
}
