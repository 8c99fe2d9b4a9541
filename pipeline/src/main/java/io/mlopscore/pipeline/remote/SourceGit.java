package io.mlopscore.pipeline.remote;

import io.mlopscore.pipeline.Pipeline;
import io.mlopscore.pipeline.PipelineException;
import io.mlopscore.pipeline.git.Git;
import io.mlopscore.pipeline.remote.SourceRepository.Address;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;

/// What git has of another repository.
///
/// @param here what a relative path starts from
record SourceGit(Address address, Path here) {
  /// A clone, which is a repository even if it has no data.
  ///
  /// @param scratch a folder that the clone is made in
  /// @throws PipelineException when git cannot clone it
  Path cloned(Path scratch) throws IOException {
    var clone = scratch.resolve("clone");
    var answer = new Git(here).ask("clone", "--quiet", "--", address.url(), clone.toString());
    if (answer.code() != 0) {
      throw new PipelineException(
          "Failed to clone repo '%s': %s"
              .formatted(address.url(), answer.error().replace('\n', ' ')));
    }
    Files.createDirectories(clone.resolve(".dvc"));
    return clone;
  }

  /// The commit that is meant; empty without git.
  ///
  /// @param pipeline of the folder or the clone
  /// @throws PipelineException when there is no such revision
  Optional<String> commit(Pipeline pipeline) throws IOException {
    if (pipeline.repository().git().isEmpty()) {
      if (address.revision().isPresent()) {
        throw new PipelineException(
            "'%s' is not under git, so it has no revisions".formatted(address.url()));
      }
      return Optional.empty();
    }
    var git = Git.of(pipeline.repository());
    if (address.revision().isEmpty()) {
      return git.find("HEAD");
    }
    var revision = address.revision().get();
    var found = git.find(revision).or(() -> remoteBranch(git, revision));
    return Optional.of(
        found.orElseThrow(() -> new PipelineException("unknown Git revision '" + revision + "'")));
  }

  private static Optional<String> remoteBranch(Git git, String name) {
    try {
      return git.find("origin/" + name);
    } catch (IOException e) {
      throw new PipelineException("git cannot be asked for " + name, e);
    }
  }

  /// The commit that a revision of a repository is now, found without a clone; empty when the
  /// revision is a commit, which never changes.
  ///
  /// @throws PipelineException when git cannot ask the repository
  Optional<String> newest() throws IOException {
    var revision = address.revision().orElse("HEAD");
    var names =
        List.of(
            "refs/tags/" + revision + "^{}",
            "refs/tags/" + revision,
            "refs/heads/" + revision,
            revision);
    var answer =
        new Git(here)
            .ask(
                "ls-remote",
                "--",
                address.url(),
                names.get(0),
                names.get(1),
                names.get(2),
                revision);
    if (answer.code() != 0) {
      throw new PipelineException(
          "'%s' cannot be asked: %s".formatted(address.url(), answer.error().replace('\n', ' ')));
    }
    var found = new HashMap<String, String>();
    for (var line : answer.text().lines().toList()) {
      var fields = line.split("\t", -1);
      found.put(fields[1], fields[0]);
    }
    return names.stream().filter(found::containsKey).findFirst().map(found::get);
  }
}
