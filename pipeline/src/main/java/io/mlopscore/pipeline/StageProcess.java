package io.mlopscore.pipeline;

import io.mlopscore.pipeline.executor.Executor;
import io.mlopscore.pipeline.executor.Task;
import io.mlopscore.pipeline.executor.TaskOutput;
import io.mlopscore.pipeline.executor.TaskResult;
import java.io.BufferedOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/// Runs the commands of a stage, again if it may be repeated, and keeps its log and what it took.
///
/// @param environment of this process; the folder of `MLOPS_BIN`, when set, comes first on the
///     children's `PATH` so that a stage calls the same `mlops`
record StageProcess(
    Path root, Map<String, String> environment, Executor executor, StageHistory history) {

  /// @return what the last attempt took
  /// @throws PipelineException when a command fails for the last time; the ones after it do not run
  StageRun run(Stage stage, StagePolicy policy, ReproListener listener) throws IOException {
    for (int attempt = 1; ; attempt++) {
      var started = Instant.now();
      var result = attempt(stage, policy, listener);
      var run = record(stage, started, result, attempt);
      if (result.exitCode() == 0 && !result.timedOut()) {
        return run;
      }
      var message = message(result, policy);
      if (attempt > policy.retries()) {
        throw new PipelineException(message);
      }
      listener.retried(stage, message, policy.retryDelay());
      RepositoryLock.pause(policy.retryDelay());
      Outputs.clear(stage);
    }
  }

  private static String message(TaskResult result, StagePolicy policy) {
    var command = result.failed().orElse("");
    return result.timedOut()
        ? "failed to run: %s, stopped after %d s (timeout)"
            .formatted(command, policy.timeout().orElse(Duration.ZERO).toSeconds())
        : "failed to run: %s, exited with %d".formatted(command, result.exitCode());
  }

  private StageRun record(Stage stage, Instant started, TaskResult result, int attempt)
      throws IOException {
    var run =
        new StageRun(
            stage.address(),
            started,
            result.duration(),
            result.cpu(),
            result.peakMemory(),
            result.timedOut() && result.exitCode() == 0 ? 1 : result.exitCode(),
            attempt);
    synchronized (history) {
      history.add(run);
    }
    return run;
  }

  private TaskResult attempt(Stage stage, StagePolicy policy, ReproListener listener)
      throws IOException {
    var task =
        new Task(
            stage.address(),
            stage.command().shells(),
            stage.directory(),
            variables(stage),
            policy.timeout());
    var log = history.log(stage);
    Files.createDirectories(log.getParent());
    try (var out = new BufferedOutputStream(Files.newOutputStream(log))) {
      return executor.run(task, new Tee(stage, listener, out));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PipelineException("interrupted while '%s' ran".formatted(stage.address()), e);
    }
  }

  private Map<String, String> variables(Stage stage) {
    var variables = new HashMap<String, String>();
    variables.put("DVC_ROOT", environment.getOrDefault("DVC_ROOT", root.toString()));
    variables.put("DVC_STAGE", stage.address());
    var own = environment.get("MLOPS_BIN");
    var folder = own == null ? null : Path.of(own).toAbsolutePath().getParent();
    if (folder != null) {
      variables.put("PATH", folder + File.pathSeparator + environment.getOrDefault("PATH", ""));
    }
    return variables;
  }

  /// Passes output on, and writes it to the log.
  private record Tee(Stage stage, ReproListener listener, OutputStream log) implements TaskOutput {
    @Override
    public void command(String text) {
      listener.command(stage, text);
      var line = ("> " + text + "\n").getBytes(StandardCharsets.UTF_8);
      keep(line, line.length);
    }

    @Override
    public void write(Channel channel, byte[] bytes, int length) {
      listener.output(stage, channel, bytes, length);
      keep(bytes, length);
    }

    private void keep(byte[] bytes, int length) {
      try {
        synchronized (log) {
          log.write(bytes, 0, length);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public boolean usesTerminal() {
      return listener.sharesTerminal();
    }
  }
}
