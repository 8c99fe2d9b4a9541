package io.mlopscore.pipeline.experiments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlopscore.pipeline.MissingData;
import io.mlopscore.pipeline.Pipeline;
import io.mlopscore.pipeline.PipelineException;
import io.mlopscore.pipeline.ReproListener;
import io.mlopscore.pipeline.ReproOptions;
import io.mlopscore.pipeline.experiments.QueuedTask.State;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Experiments that run in a folder of their own, at once or when their turn comes.
class ExperimentQueueTest {
  private static final TaskRun.Elsewhere SILENT =
      new TaskRun.Elsewhere() {
        @Override
        public ReproListener listener(Pipeline there) {
          return new ReproListener() {};
        }

        @Override
        public MissingData missing(Pipeline there) {
          return MissingData.NONE;
        }
      };

  @TempDir Path folder;
  private GitRepository repository;
  private ExperimentQueue queue;

  @BeforeEach
  void commit() throws IOException {
    repository = new GitRepository(folder).commit();
    queue = new ExperimentQueue(repository.pipeline());
  }

  private List<QueuedTask> tasks(Optional<String> name, String... overrides) throws IOException {
    var request = new RunRequest(ReproOptions.DEFAULT, List.of(overrides), name, Optional.empty());
    return repository.newExperiments().tasks(request, List.of(), List.of(), Clock.systemUTC());
  }

  @Test
  void theWorkspaceStaysAsItIsWhileOneRunsElsewhere() throws IOException {
    repository.write("params.yaml", "# mine\nlr: 7\n");
    var task = tasks(Optional.of("x"), "lr=2").getFirst();
    var made = new TaskRun(repository.pipeline(), task).run(ReproOptions.DEFAULT, SILENT);
    assertThat(repository.read("params.yaml")).isEqualTo("# mine\nlr: 7\n");
    assertThat(folder.resolve("model.txt")).doesNotExist();
    assertThat(repository.show("x", "params.yaml")).isEqualTo("# mine\nlr: 2");
    assertThat(repository.show("x", "metrics.yaml")).isEqualTo("lr: 2");
    assertThat(repository.git.run("log", "-1", "--format=%P", made.commit()))
        .isEqualTo(repository.head());
    assertThat(repository.git.lines("worktree", "list")).hasSize(1);
    new ExperimentApply(repository.pipeline()).apply("x");
    assertThat(repository.read("model.txt")).isEqualTo("lr: 2\n");
  }

  @Test
  void aSweepIsSeveralExperimentsAndWorkersTakeThemInTurn() throws IOException {
    for (var task : tasks(Optional.of("x"), "lr=2,3")) {
      queue.put(task);
    }
    var expected = "commit: dvc-exp:" + repository.head();
    assertThat(repository.git.lines("reflog", "show", "--format=%gs", ExperimentQueue.WAITING))
        .hasSize(2)
        .allMatch(line -> line.startsWith(expected));
    new QueueWorker(queue, 1, (task, _) -> ended(task)).run();
    assertThat(queue.tasks().get(State.SUCCESS))
        .extracting(QueuedTask::name)
        .containsExactlyInAnyOrder("x-1", "x-2");
    assertThat(repository.show("x-2", "metrics.yaml")).isEqualTo("lr: 3 # here");
    assertThat(repository.git.answer("rev-parse", "--verify", "-q", ExperimentQueue.WAITING))
        .isEmpty();
    assertThat(queue.clear(List.of(State.SUCCESS))).hasSize(2);
    assertThat(queue.workers().alive()).isZero();
  }

  /// Runs the task in this process, and stands for one that ended like it.
  private Process ended(QueuedTask task) throws IOException {
    boolean well = true;
    try {
      new TaskRun(repository.pipeline(), task).run(ReproOptions.DEFAULT, SILENT);
    } catch (PipelineException _) {
      well = false;
    }
    return new ProcessBuilder(well ? "true" : "false").start();
  }

  @Test
  void whatFailedIsKeptAsAStashUntilItIsRemoved() throws IOException {
    repository.write("dvc.yaml", "stages: {bad: {cmd: exit 3, outs: [o]}}\n");
    queue.put(tasks(Optional.of("x")).getFirst());
    new QueueWorker(queue, 1, (task, _) -> ended(task)).run();
    assertThat(queue.tasks().get(State.FAILED)).extracting(QueuedTask::name).containsExactly("x");
    repository.git.run("rev-parse", "--verify", ExperimentQueue.FAILED);
    assertThat(queue.remove(List.of("x"))).containsExactly("x");
    assertThat(repository.git.answer("rev-parse", "--verify", "-q", ExperimentQueue.FAILED))
        .isEmpty();
    assertThatThrownBy(() -> queue.remove(List.of("x"))).hasMessageContaining("'x'");
  }

  @Test
  void aWorkerThatWasToldToStopTakesNoMore() throws IOException {
    queue.put(tasks(Optional.of("x"), "lr=2").getFirst());
    queue.workers().stop();
    new QueueWorker(queue, 1, (task, _) -> ended(task)).run();
    assertThat(queue.tasks().get(State.QUEUED)).hasSize(1);
    assertThat(queue.workers().startable(1)).containsExactly(1);
    new QueueWorker(queue, 1, (task, _) -> ended(task)).run();
    assertThat(queue.tasks().get(State.SUCCESS)).hasSize(1);
  }
}
