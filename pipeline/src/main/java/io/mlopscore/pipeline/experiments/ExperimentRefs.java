package io.mlopscore.pipeline.experiments;

import io.mlopscore.pipeline.PipelineException;
import io.mlopscore.pipeline.git.Git;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// The experiments of a repository, or of a remote one.
final class ExperimentRefs {
  private static final String ABSENT = "0".repeat(40);

  private final Git git;

  ExperimentRefs(Git git) {
    this.git = git;
  }

  /// All experiments here with their commits, by name.
  Map<ExperimentRef, String> all() throws IOException {
    return read(git.lines("for-each-ref", "--format=%(objectname) %(refname)", ExperimentRef.ROOT));
  }

  /// All experiments of a remote repository, with their commits.
  ///
  /// @param remote its name or URL
  /// @throws PipelineException when it does not answer
  Map<ExperimentRef, String> of(String remote) throws IOException {
    var answer = git.ask("ls-remote", "--", remote, ExperimentRef.ROOT + "/*");
    if (answer.code() != 0) {
      throw new PipelineException(
          "'%s' is not a valid Git remote or URL, or does not let in: %s"
              .formatted(
                  remote, answer.error().lines().findFirst().orElse("git does not say why")));
    }
    return read(answer.text().lines().toList());
  }

  private static Map<ExperimentRef, String> read(List<String> lines) {
    var found = new LinkedHashMap<ExperimentRef, String>();
    for (var line : lines) {
      var parts = line.split("\\s+", 2);
      ExperimentRef.parse(parts[1]).ifPresent(ref -> found.put(ref, parts[0]));
    }
    return found;
  }

  /// The commit that new experiments vary.
  ///
  /// @throws PipelineException before the first commit
  String baseline() throws IOException {
    return git.find("HEAD")
        .orElseThrow(
            () ->
                new PipelineException(
                    "Empty git repo: an experiment varies a commit, and there is none yet; `git commit` makes the first"));
  }

  Optional<String> commit(ExperimentRef ref) throws IOException {
    return git.answer("rev-parse", "--verify", "--quiet", ref.ref());
  }

  /// Points an experiment at a commit.
  ///
  /// @param before the commit it must point to now; empty for none
  void move(ExperimentRef ref, String commit, Optional<String> before) throws IOException {
    git.run("update-ref", ref.ref(), commit, before.orElse(ABSENT));
  }

  /// The experiments with these names, which may also be full names of refs.
  ///
  /// @param among where they are looked for
  /// @throws PipelineException when one is unknown, or several have the name and none is of HEAD
  List<ExperimentRef> named(Collection<String> names, Collection<ExperimentRef> among)
      throws IOException {
    var found = new ArrayList<ExperimentRef>();
    var unknown = new ArrayList<String>();
    for (var name : names) {
      find(name, among).ifPresentOrElse(found::add, () -> unknown.add(name));
    }
    if (!unknown.isEmpty()) {
      throw unknown(unknown);
    }
    return found;
  }

  static PipelineException unknown(List<String> names) {
    var quoted = names.stream().map(name -> "'" + name + "'").collect(Collectors.joining(", "));
    return new PipelineException(
        names.size() == 1
            ? quoted + " is not a valid experiment name"
            : quoted + " are not valid experiment names");
  }

  /// @throws PipelineException when several experiments have the name and none is of HEAD
  Optional<ExperimentRef> find(String name, Collection<ExperimentRef> among) throws IOException {
    Predicate<ExperimentRef> wanted =
        name.startsWith("refs/") ? ref -> ref.ref().equals(name) : ref -> ref.name().equals(name);
    var matches = among.stream().filter(wanted).toList();
    if (matches.size() < 2) {
      return matches.stream().findFirst();
    }
    var head = git.find("HEAD");
    var ofHead = matches.stream().filter(ref -> head.equals(Optional.of(ref.baseline()))).toList();
    if (ofHead.isEmpty()) {
      throw ambiguous(name, matches);
    }
    return Optional.of(ofHead.getFirst());
  }

  private static PipelineException ambiguous(String name, List<ExperimentRef> matches) {
    return new PipelineException(
        "Ambiguous experiment name '%s': several commits have one; use the full name of one of:\n\t%s"
            .formatted(
                name,
                matches.stream().map(ExperimentRef::ref).collect(Collectors.joining("\n\t"))));
  }

  /// Removes experiments, and the marks that one of them was applied or is being made.
  void remove(Map<ExperimentRef, String> refs) throws IOException {
    var applied = git.answer("rev-parse", "--verify", "--quiet", ExperimentRef.EXEC_APPLY);
    for (var ref : refs.entrySet()) {
      git.run("update-ref", "-d", ref.getKey().ref());
      if (applied.equals(Optional.of(ref.getValue()))) {
        git.run("update-ref", "-d", ExperimentRef.EXEC_APPLY);
      }
    }
  }
}
