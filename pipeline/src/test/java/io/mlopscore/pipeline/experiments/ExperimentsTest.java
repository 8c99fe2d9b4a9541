package io.mlopscore.pipeline.experiments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlopscore.pipeline.PipelineException;
import io.mlopscore.pipeline.git.Git;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Experiments of a real git repository.
class ExperimentsTest {
  @TempDir Path folder;

  @Test
  void aRunIsKeptBesideTheBranchAndLeavesTheIndexAlone() throws IOException {
    var repository = new GitRepository(folder).commit();
    repository.write("staged", "new\n");
    repository.git.run("add", "staged");
    var head = repository.head();
    var made = repository.run("x", "lr=2");
    assertThat(repository.head()).isEqualTo(head);
    assertThat(repository.git.run("diff", "--cached", "--name-only")).isEqualTo("staged");
    assertThat(repository.read("params.yaml")).isEqualTo("# rate\nlr: 2 # here\n");
    assertThat(repository.show("x", "metrics.yaml")).isEqualTo("lr: 2 # here");
    assertThat(repository.git.lines("ls-tree", "-r", "--name-only", made.commit()))
        .contains("dvc.lock", "metrics.yaml", "staged")
        .doesNotContain(".gitignore", "model.txt");
    assertThat(repository.git.run("log", "-1", "--format=%P %s", made.commit()))
        .startsWith(head + " dvc: commit experiment ");
  }

  @Test
  void aTakenNameIsRefusedBeforeAnythingRuns() throws IOException {
    var repository = new GitRepository(folder).commit();
    repository.run("x", "lr=2");
    assertThatThrownBy(() -> repository.run("x", "lr=3")).hasMessageContaining("'x'");
    assertThat(repository.read("params.yaml")).contains("lr: 2");
    repository.run("x", true, "lr=3");
    assertThat(repository.show("x", "params.yaml")).contains("lr: 3");
  }

  @Test
  void aFailedStageLeavesNoExperiment() throws IOException {
    var repository = new GitRepository(folder).commit();
    repository.write("dvc.yaml", "stages: {bad: {cmd: exit 3, outs: [o]}}\n");
    assertThatThrownBy(() -> repository.run("x")).isInstanceOf(PipelineException.class);
    assertThat(repository.experiments().list(Baselines.HEAD)).isEmpty();
  }

  @Test
  void beforeTheFirstCommitThereIsNothingToVary() throws IOException {
    var repository = new GitRepository(folder);
    assertThatThrownBy(() -> repository.run("x")).hasMessageContaining("Empty git repo");
  }

  @Test
  void namesFollowTheRulesOfGit() throws IOException {
    var repository = new GitRepository(folder).commit();
    for (var name : List.of("a b", "a/b", "a..b", "-", "a~")) {
      if (!name.equals("-")) {
        assertThatThrownBy(() -> repository.run(name)).hasMessageContaining("cannot name");
      }
    }
  }

  @Test
  void theyAreListedRenamedMadeBranchesAndRemoved() throws IOException {
    var repository = new GitRepository(folder).commit();
    var made = repository.run("x", "lr=2");
    repository.run("y", "lr=3");
    var experiments = repository.experiments();
    assertThat(experiments.rename("y", "z", false)).isTrue();
    assertThat(experiments.list(Baselines.HEAD).get(repository.head())).containsOnlyKeys("x", "z");
    assertThat(experiments.branch("x", Optional.empty())).isEqualTo("x");
    assertThat(repository.git.run("rev-parse", "x-branch")).isEqualTo(made.commit());
    assertThat(experiments.remove(List.of("x"), Optional.empty(), true, Optional.empty()))
        .containsExactly("z");
    repository.git.run("commit", "--quiet", "--allow-empty", "-m", "second");
    assertThat(experiments.list(Baselines.HEAD)).isEmpty();
    assertThat(experiments.list(Baselines.of(List.of(), 2, false)).values())
        .containsExactly(Map.of("x", made.commit()));
    assertThatThrownBy(
            () -> experiments.remove(List.of("no"), Optional.empty(), false, Optional.empty()))
        .hasMessage("'no' is not a valid experiment name");
  }

  @Test
  void applyingKeepsWhatWasThereAsAStash() throws IOException {
    var repository = new GitRepository(folder).commit();
    repository.run("x", "lr=2");
    repository.run("y", "lr=3");
    repository.write("mine", "untracked\n");
    new ExperimentApply(repository.pipeline()).apply("x");
    assertThat(repository.read("params.yaml")).contains("lr: 2");
    assertThat(repository.read("model.txt")).contains("lr: 2");
    assertThat(repository.read("mine")).isEqualTo("untracked\n");
    var stash = ExperimentRef.APPLY_STASH;
    assertThat(repository.git.run("show", stash + ":params.yaml")).contains("lr: 3");
    assertThat(repository.git.run("show", stash + "^3:mine")).isEqualTo("untracked");
    repository.git.run("rev-parse", "--verify", ExperimentRef.EXEC_APPLY);
  }

  @Test
  void aRemoteGetsThemAndGivesThemBack(@TempDir Path remote) throws IOException {
    var repository = new GitRepository(folder).commit();
    new Git(remote).run("init", "--quiet", "--bare");
    repository.git.run("remote", "add", "origin", remote.toString());
    repository.run("x", "lr=2");
    var exchange = new ExperimentExchange(repository.pipeline());
    assertThat(exchange.push("origin", List.of(), Baselines.HEAD, false).moved())
        .containsExactly("x");
    assertThat(exchange.push("origin", List.of("x"), Baselines.HEAD, false).same())
        .containsExactly("x");
    repository.run("x", true, "lr=4");
    assertThat(exchange.push("origin", List.of("x"), Baselines.HEAD, false).diverged())
        .containsExactly("x");
    assertThat(exchange.pull("origin", List.of("x"), Baselines.HEAD, true).moved())
        .containsExactly("x");
    assertThat(repository.show("x", "params.yaml")).contains("lr: 2");
    assertThatThrownBy(() -> exchange.pull("no", List.of("x"), Baselines.HEAD, false))
        .hasMessageStartingWith("'no' is not a valid Git remote or URL");
  }
}
