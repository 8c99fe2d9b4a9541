package io.mlopscore.pipeline.executor;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Runs tasks on this machine, each command in a shell of its own, as `dvc` does.
///
/// While commands run, an end of this process ends them too, and waits for that: a stage must not
/// go on writing after the locks are gone.
public final class LocalExecutor implements Executor {
  private static final Map<String, List<String>> WITHOUT_PROFILE =
      Map.of(
          "bash", List.of("--noprofile", "--norc"),
          "zsh", List.of("--no-rcs"),
          "fish", List.of("--no-config"));
  private static final Duration GRACE = Duration.ofSeconds(10);

  private final Map<String, String> environment;
  private final ChildProcess.Starter starter;
  private final PeakMemory memory = new PeakMemory();
  private final Interrupt interrupt = new Interrupt();
  private final Set<ChildProcess> running = ConcurrentHashMap.newKeySet();
  private boolean hooked;

  /// @param environment of this process; `SHELL` names the shell
  public LocalExecutor(Map<String, String> environment) {
    this(environment, ChildProcess::start);
  }

  LocalExecutor(Map<String, String> environment, ChildProcess.Starter starter) {
    this.environment = Map.copyOf(environment);
    this.starter = starter;
  }

  @Override
  public TaskResult run(Task task, TaskOutput output) throws IOException, InterruptedException {
    stopWithThisProcess();
    long start = System.nanoTime();
    var cpu = Duration.ZERO;
    long peak = 0;
    for (var command : task.commands()) {
      output.command(command);
      var left = task.timeout().map(limit -> limit.minusNanos(System.nanoTime() - start));
      var child = starter.start(start(task, command, output), output);
      running.add(child);
      interrupt.started();
      memory.add(child.pid());
      var ended = new ChildProcess.Ended(0, Duration.ZERO, 0);
      boolean timedOut;
      try (var limit = new TimeLimit(child, left, GRACE)) {
        ended = child.await();
        timedOut = limit.passed();
      } finally {
        running.remove(child);
        interrupt.ended(ended.exitCode());
        peak = Math.max(peak, memory.remove(child.pid()));
      }
      cpu = cpu.plus(ended.cpu());
      peak = Math.max(peak, ended.peakMemory());
      if (ended.exitCode() != 0 || timedOut) {
        var failed = Optional.of(command);
        return result(ended.exitCode(), failed, timedOut, start, cpu, peak);
      }
    }
    return result(0, Optional.empty(), false, start, cpu, peak);
  }

  @Override
  public boolean hearsTerminal() {
    return interrupt.isForCommands();
  }

  private static TaskResult result(
      int code, Optional<String> failed, boolean timedOut, long start, Duration cpu, long peak) {
    var duration = Duration.ofNanos(System.nanoTime() - start);
    return new TaskResult(code, failed, timedOut, duration, cpu, peak);
  }

  private ChildProcess.Start start(Task task, String command, TaskOutput output) {
    var all = new HashMap<>(environment);
    all.putAll(task.environment());
    return new ChildProcess.Start(shellCommand(command), task.directory(), all, output.isShown());
  }

  private List<String> shellCommand(String text) {
    if (System.getProperty("os.name", "").startsWith("Windows")) {
      return List.of("cmd.exe", "/c", text);
    }
    var named = environment.getOrDefault("SHELL", "");
    var shell = named.isEmpty() ? "/bin/sh" : named;
    var command = new ArrayList<String>();
    command.add(shell);
    var name = Path.of(shell).getFileName().toString().toLowerCase(Locale.ROOT);
    command.addAll(WITHOUT_PROFILE.getOrDefault(name, List.of()));
    command.add("-c");
    command.add(text);
    return command;
  }

  private synchronized void stopWithThisProcess() {
    if (!hooked) {
      hooked = true;
      Runtime.getRuntime().addShutdownHook(new Thread(this::stopAll, "stop-stages"));
    }
  }

  private void stopAll() {
    running.forEach(ChildProcess::terminate);
    for (var child : running) {
      ProcessHandle.of(child.pid()).ifPresent(process -> process.onExit().join());
    }
  }
}
