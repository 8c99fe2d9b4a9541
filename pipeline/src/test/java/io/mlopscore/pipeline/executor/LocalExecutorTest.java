package io.mlopscore.pipeline.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LocalExecutorTest extends ExecutorContract {
  @Override
  protected Executor executor(Path root) {
    return new LocalExecutor(System.getenv());
  }

  @Test
  void aFolderThatIsNotThereIsAnErrorThatNamesIt() {
    var nowhere = root.resolve("missing");
    var task = new Task("stage", List.of("true"), nowhere, Map.of(), Optional.empty());
    assertThatThrownBy(() -> executor(root).run(task, new Kept()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("missing");
  }

  @Test
  void tellsWhatWasUsed() throws Exception {
    var result =
        executor(root).run(task("i=0; while [ $i -lt 20000 ]; do i=$((i+1)); done"), new Kept());
    assertThat(result.cpu()).isPositive();
    assertThat(result.duration()).isPositive();
  }

  /// Both are far below what this process holds, which the system takes for theirs at first.
  @Test
  void tellsTheMemoryOfSmallProgramsToo() throws Exception {
    var hold =
        "x=$(head -c %d /dev/zero | tr '\\0' x); until [ -e go ]; do sleep 0.1; touch go; done";
    long small = executor(root).run(task(hold.formatted(1)), new Kept()).peakMemory();
    long large =
        executor(root).run(task("rm go", hold.formatted(20_000_000)), new Kept()).peakMemory();
    assertThat(small).isBetween(100_000L, 15_000_000L);
    assertThat(large).isBetween(20_000_000L, 200_000_000L);
  }

  @Test
  void whatACommandLeavesRunningDoesNotHoldUpTheStageNorDie() throws Exception {
    var left = "(until [ -e go ]; do sleep 0.1; done; echo late; touch survived) &";
    var kept = new Kept();
    assertThat(executor(root).run(task(left, "echo done"), kept).exitCode()).isZero();
    assertThat(kept.text()).isEqualTo("done\n");
    Files.createFile(root.resolve("go"));
    for (int i = 0; i < 100 && !Files.exists(root.resolve("survived")); i++) {
      Thread.sleep(100);
    }
    assertThat(root.resolve("survived")).exists();
  }

  @Test
  void aCallThatTheSystemLacksFailsOnlyWhenItIsMade() {
    var call = Libc.handle("no_such_call", FunctionDescriptor.of(ValueLayout.JAVA_INT));
    assertThatThrownBy(call::invokeWithArguments)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("no_such_call");
  }
}
