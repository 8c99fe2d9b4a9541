package io.mlopscore.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import picocli.CommandLine;

/// A process that is told to end before it was ready.
@DisabledOnOs(OS.WINDOWS)
class StoppingTest {
  /// 128 and the number of SIGTERM, as the system has it for other programs.
  private static final int TERMINATED = 143;

  @Test
  void whatFailsWhileTheProcessEndsIsNotSaid() throws Exception {
    var process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                StoppingTest.class.getName())
            .redirectErrorStream(true)
            .start();
    try (var said = process.inputReader(StandardCharsets.UTF_8)) {
      assertThat(said.readLine()).isEqualTo("mlops: broken");
      process.toHandle().destroy(); // That of the process would close what it says.
      assertThat(said.readAllAsString()).isEmpty();
    }
    assertThat(process.waitFor()).isEqualTo(TERMINATED);
  }

  /// Fails once before it is told to end, and once while it ends.
  public static void main(String[] args) throws InterruptedException {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> fail("Shutdown in progress")));
    fail("broken");
    Thread.sleep(60_000);
  }

  private static void fail(String message) {
    var command = new CommandLine(CommandLine.Model.CommandSpec.create());
    new FailureMessage()
        .handleExecutionException(new IllegalStateException(message), command, command.parseArgs());
  }
}
