package io.mlopscore.pipeline.experiments;

import io.mlopscore.pipeline.Node;
import io.mlopscore.pipeline.Pipeline;
import io.mlopscore.pipeline.PipelineException;
import io.mlopscore.pipeline.Stage;
import io.mlopscore.pipeline.git.Git;
import io.mlopscore.pipeline.yaml.JsonText;
import io.mlopscore.pipeline.yaml.Value;
import io.mlopscore.pipeline.yaml.Value.Mapping;
import io.mlopscore.pipeline.yaml.YamlReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Keeps the result of stages as a commit on the ref of an experiment.
///
/// @param git at the root of the working tree that holds the result
/// @param force whether an experiment of this name with other content is replaced
record ExperimentCommit(Pipeline pipeline, Git git, ExperimentRef ref, boolean force) {
  /// The commit of an experiment.
  ///
  /// @param untracked files that are not part of it, by their names
  record Kept(String commit, String hash, List<String> untracked) {
    Kept {
      untracked = List.copyOf(untracked);
    }
  }

  /// A run may take hours: that git cannot commit its result must be known before.
  static void requireIdentity(Git git) throws IOException {
    if (git.answer("var", "GIT_COMMITTER_IDENT").isEmpty()) {
      throw new PipelineException(
          "git does not know who commits; set user.name and user.email with `git config`");
    }
  }

  /// @param nodes those whose result this is
  /// @param forced files to add even if git ignores them
  Kept keep(
      List<Node> nodes, Collection<Path> files, Collection<Path> forced, Optional<String> message)
      throws IOException {
    var hash = hash(nodes);
    try (var snapshot = Snapshot.of(git, ExperimentFolder.of(pipeline).path())) {
      snapshot.add(files);
      snapshot.addAll(forced);
      var text = message.orElse("dvc: commit experiment " + hash);
      var commit = move(snapshot.tree(), text);
      return new Kept(commit, hash, snapshot.untracked());
    }
  }

  private String move(String tree, String message) throws IOException {
    var refs = new ExperimentRefs(git);
    var before = refs.commit(ref);
    if (before.isPresent() && !force) {
      if (Optional.of(tree).equals(Snapshot.treeOf(git, before.get()))) {
        return before.get();
      }
      throw taken(ref.name());
    }
    var commit = Snapshot.commit(git, tree, List.of(ref.baseline()), message);
    refs.move(ref, commit, before);
    return commit;
  }

  static PipelineException taken(String name) {
    return new PipelineException(
        "Experiment conflicts with existing experiment '%s'. Choose another name, or replace it with -f"
            .formatted(name));
  }

  /// The SHA-256 of what the locks record of the stages, as DVC names experiments in messages.
  private static String hash(List<Node> nodes) throws IOException {
    var locks = new HashMap<Path, Mapping>();
    Map<Value, Value> entries = new LinkedHashMap<>();
    for (var node : nodes) {
      if (node instanceof Stage stage) {
        var lock = locks.get(stage.lockFile());
        if (lock == null) {
          lock = stages(stage.lockFile());
          locks.put(stage.lockFile(), lock);
        }
        lock.get(stage.name()).ifPresent(entry -> entries.put(Value.of(stage.name()), entry));
      }
    }
    var json = JsonText.of(new Mapping(entries)).getBytes(StandardCharsets.US_ASCII);
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(json));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Mapping stages(Path lock) throws IOException {
    var read = Files.exists(lock) ? YamlReader.mapping(lock) : Mapping.EMPTY;
    return read.get("stages").orElse(Value.none()) instanceof Mapping stages
        ? stages
        : Mapping.EMPTY;
  }
}
