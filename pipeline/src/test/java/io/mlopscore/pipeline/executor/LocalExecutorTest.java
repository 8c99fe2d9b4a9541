package io.mlopscore.pipeline.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
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
}
