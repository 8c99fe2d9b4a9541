package io.mlopscore.pipeline;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Runs the commands of a stage, each in a shell of its own, with the terminal as its input and
/// output.
///
/// @param environment of this process; `SHELL` names the shell, and the folder of `MLOPS_BIN`, when
///     set, comes first on the children's `PATH` so that a stage calls the same `mlops`
record StageProcess(Path root, Map<String, String> environment) {
  private static final Map<String, List<String>> WITHOUT_PROFILE =
      Map.of(
          "bash", List.of("--noprofile", "--norc"),
          "zsh", List.of("--no-rcs"),
          "fish", List.of("--no-config"));

  /// @throws PipelineException when a command fails; the ones after it do not run
  void run(Stage stage, ReproListener listener) throws IOException {
    for (var shell : stage.command().shells()) {
      listener.command(shell);
      int exit = exitCode(stage, shell);
      if (exit != 0) {
        throw new PipelineException(
            "failed to reproduce '%s': failed to run: %s, exited with %d"
                .formatted(stage.address(), shell, exit));
      }
    }
  }

  private int exitCode(Stage stage, String shell) throws IOException {
    var builder = new ProcessBuilder(shellCommand(shell)).inheritIO();
    builder.directory(stage.directory().toFile());
    builder.environment().putIfAbsent("DVC_ROOT", root.toString());
    builder.environment().put("DVC_STAGE", stage.address());
    var path = childPath();
    if (path != null) {
      builder.environment().put("PATH", path);
    }
    var process = builder.start();
    try (var _ = new Termination(process)) {
      return process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PipelineException("interrupted while '%s' ran".formatted(stage.address()), e);
    }
  }

  private @Nullable String childPath() {
    var own = environment.get("MLOPS_BIN");
    var folder = own == null ? null : Path.of(own).toAbsolutePath().getParent();
    if (folder == null) {
      return null;
    }
    return folder + java.io.File.pathSeparator + environment.getOrDefault("PATH", "");
  }

  private List<String> shellCommand(String text) {
    if (System.getProperty("os.name", "").startsWith("Windows")) {
      return List.of("cmd.exe", "/c", text);
    }
    var shell = environment.getOrDefault("SHELL", "/bin/sh");
    var command = new ArrayList<String>();
    command.add(shell);
    var name = Path.of(shell).getFileName().toString();
    command.addAll(WITHOUT_PROFILE.getOrDefault(name, List.of()));
    command.add("-c");
    command.add(text);
    return command;
  }

  /// Stops the child, and waits for it, when this process is told to stop while it runs: a stage
  /// must not go on writing after the lock on the repository is gone.
  private static final class Termination implements AutoCloseable {
    private final AtomicReference<@Nullable Process> running;
    private final Thread hook;

    Termination(Process process) {
      this.running = new AtomicReference<>(process);
      this.hook = new Thread(this::stop, "stop-stage");
      Runtime.getRuntime().addShutdownHook(hook);
    }

    private void stop() {
      var process = running.get();
      if (process != null) {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        process.onExit().join();
      }
    }

    @Override
    public void close() {
      running.set(null);
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException _) {
        // The process is shutting down; the hook has nothing left to stop.
      }
    }
  }
}
