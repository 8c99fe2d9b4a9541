package io.mlopscore.pipeline.executor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What every executor does, whichever way it runs commands.
public abstract class ExecutorContract {
  /// Keeps what a task writes.
  public static final class Kept implements TaskOutput {
    public final List<String> commands = new ArrayList<>();
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    public final CountDownLatch begun = new CountDownLatch(1);

    @Override
    public void command(String text) {
      commands.add(text);
      begun.countDown();
    }

    @Override
    public synchronized void write(Channel channel, byte[] bytes, int length) {
      written.write(bytes, 0, length);
    }

    public synchronized String text() {
      return written.toString(StandardCharsets.UTF_8);
    }
  }

  @TempDir protected Path root;

  /// @param root of the repository whose tasks it will run
  protected abstract Executor executor(Path root);

  protected Task task(String... commands) {
    return new Task("stage", List.of(commands), root, Map.of(), Optional.empty());
  }

  @Test
  void runsCommandsOneAfterTheOther() throws Exception {
    var kept = new Kept();
    var result = executor(root).run(task("echo one > file", "cat file; echo two"), kept);
    assertThat(result.exitCode()).isZero();
    assertThat(result.failed()).isEmpty();
    assertThat(kept.commands).containsExactly("echo one > file", "cat file; echo two");
    assertThat(kept.text()).isEqualTo("one\ntwo\n");
  }

  @Test
  void stopsAtTheCommandThatFails() throws Exception {
    var result = executor(root).run(task("exit 3", "touch never"), new Kept());
    assertThat(result.exitCode()).isEqualTo(3);
    assertThat(result.failed()).contains("exit 3");
    assertThat(result.timedOut()).isFalse();
    assertThat(root.resolve("never")).doesNotExist();
  }

  @Test
  void runsWhereItIsToldWithTheVariablesItIsGiven() throws Exception {
    var below = Files.createDirectories(root.resolve("some/folder"));
    var variables = Map.of("DVC_STAGE", "stage", "DVC_ROOT", root.toString());
    var task =
        new Task(
            "stage",
            List.of(
                "echo $DVC_STAGE; cd \"$DVC_ROOT\"; test -d some/folder; pwd > \"$OLDPWD/here\""),
            below,
            variables,
            Optional.empty());
    var kept = new Kept();
    assertThat(executor(root).run(task, kept).exitCode()).isZero();
    assertThat(kept.text()).isEqualTo("stage\n");
    assertThat(below.resolve("here")).exists();
  }

  @Test
  void endsWhatTakesTooLong() throws Exception {
    var task =
        new Task(
            "stage",
            List.of("sleep 600; touch never"),
            root,
            Map.of(),
            Optional.of(Duration.ofSeconds(1)));
    var result = executor(root).run(task, new Kept());
    assertThat(result.timedOut()).isTrue();
    assertThat(result.failed()).contains("sleep 600; touch never");
    assertThat(root.resolve("never")).doesNotExist();
  }

  @Test
  void manyTasksRunAtOnce() throws Exception {
    var executor = executor(root);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var results = new ArrayList<Future<TaskResult>>();
      for (int i = 0; i < 4; i++) {
        // Each waits for the next, so that they end only if they run side by side.
        var wait = "touch " + i + "; while [ ! -e " + (i + 1) % 4 + " ]; do sleep 0.05; done";
        var task = new Task("stage" + i, List.of(wait), root, Map.of(), Optional.empty());
        results.add(threads.submit(() -> executor.run(task, new Kept())));
      }
      for (var result : results) {
        assertThat(result.get().exitCode()).isZero();
      }
    }
  }
}
