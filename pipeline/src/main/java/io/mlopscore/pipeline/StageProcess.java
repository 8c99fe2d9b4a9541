package io.mlopscore.pipeline;

import io.mlopscore.pipeline.executor.Executor;
import io.mlopscore.pipeline.executor.Task;
import io.mlopscore.pipeline.executor.TaskResult;
import java.io.File;
import java.io.IOException;
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
      var result = attempt(stage, policy, listener, attempt > 1);
      var run = record(stage, started, result, attempt, listener);
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

  private StageRun record(
      Stage stage, Instant started, TaskResult result, int attempt, ReproListener listener) {
    var run =
        new StageRun(
            stage.address(),
            started,
            result.duration(),
            result.cpu(),
            result.peakMemory(),
            result.timedOut() && result.exitCode() == 0 ? 1 : result.exitCode(),
            attempt);
    try {
      history.add(run);
    } catch (IOException e) {
      listener.warned(
          "what '%s' took is not kept: %s".formatted(stage.address(), FailureText.of(e)));
    }
    return run;
  }

  private TaskResult attempt(Stage stage, StagePolicy policy, ReproListener listener, boolean again)
      throws IOException {
    var task =
        new Task(
            stage.address(),
            stage.command().shells(),
            stage.directory(),
            variables(stage),
            policy.timeout());
    try (var log = new StageLog(stage, listener, history.log(stage), again)) {
      return executor.run(task, log);
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
}
