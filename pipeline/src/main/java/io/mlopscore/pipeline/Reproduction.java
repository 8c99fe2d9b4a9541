package io.mlopscore.pipeline;

import io.mlopscore.pipeline.ReproOptions.Flag;
import io.mlopscore.pipeline.ReproOptions.OnError;
import io.mlopscore.pipeline.StageResult.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/// One `repro`: brings the stages of a plan up to date.
///
/// One thread decides and records, under the repository lock; commands run in threads of their own,
/// and while nothing is left to decide the repository lock is free. `dvc.lock` is written after
/// each stage, so whatever was finished stays finished when the next stage fails or the process is
/// killed.
final class Reproduction {
  private static final Duration WORTH_TELLING = Duration.ofSeconds(1);

  /// How the commands of a stage ended.
  private sealed interface Ended {
    StageUpdate update();

    record Succeeded(StageUpdate update, StageRun run) implements Ended {}

    record Failed(StageUpdate update, Exception failure) implements Ended {}

    /// A fault of ours.
    record Broken(StageUpdate update, Throwable fault) implements Ended {}
  }

  private final UpdateContext context;
  private final StageProcess process;
  private final StageGraph graph;
  private final ReproOptions options;
  private final ReproListener listener;
  private final Schedule schedule;
  private final List<StageResult> results = new ArrayList<>();
  private final Map<Stage, StageUpdate> running = new HashMap<>();
  private final BlockingQueue<Ended> ended = new LinkedBlockingQueue<>();
  private final Set<Node> forced = new HashSet<>();
  private boolean stopped;

  /// @param process runs the commands of a stage
  Reproduction(UpdateContext context, StageProcess process, List<Node> plan) throws IOException {
    this.context = context;
    this.process = process;
    this.graph = context.graph();
    this.options = context.options();
    this.listener = context.listener();
    var durations = context.pipeline().history().durations();
    this.schedule = new Schedule(graph, plan, options.jobs(), options.limits(), durations);
    context.pipeline().gitIgnore().expect(cachedOutputs(plan));
  }

  private static List<java.nio.file.Path> cachedOutputs(List<Node> plan) {
    return plan.stream()
        .flatMap(node -> node.outputs().stream())
        .filter(Output::cached)
        .map(Output::file)
        .toList();
  }

  List<StageResult> run() throws IOException {
    try {
      while (true) {
        var next = stopped ? Optional.<Node>empty() : schedule.next();
        if (next.isPresent()) {
          begin(next.get());
        } else if (!running.isEmpty()) {
          end(await());
        } else {
          return List.copyOf(results);
        }
      }
    } finally {
      awaitAll();
    }
  }

  /// After a fault, commands that still run keep the paths that they use until they end.
  private void awaitAll() {
    boolean interrupted = Thread.interrupted();
    while (!running.isEmpty() && !interrupted) {
      try {
        var update = ended.take().update();
        running.remove((Stage) update.node());
        close(update);
      } catch (InterruptedException _) {
        interrupted = true;
      }
    }
    running.values().forEach(this::close);
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void begin(Node node) throws IOException {
    boolean force = options.has(Flag.FORCE) || forced.contains(node);
    var update = new StageUpdate(context, node, force, schedule.rank(node));
    try {
      var outcome = update.begin();
      if (outcome.isPresent()) {
        done(node, outcome.get());
      } else {
        schedule.started(node);
        start((Stage) node, update);
      }
    } catch (PipelineException | IOException e) {
      close(update);
      failed(node, e);
    }
  }

  /// An entry that stays behind costs others a warning once this process has ended.
  private void close(StageUpdate update) {
    try {
      update.close();
    } catch (PipelineException | IOException e) {
      listener.warned(
          "the paths of '%s' could not be released: %s"
              .formatted(update.node().address(), FailureText.of(e)));
    }
  }

  private void start(Stage stage, StageUpdate update) {
    running.put(stage, update);
    var policy = schedule.policy(stage);
    Thread.ofPlatform()
        .name("stage-" + stage.address())
        .start(() -> ended.add(execute(stage, policy, update)));
  }

  private Ended execute(Stage stage, StagePolicy policy, StageUpdate update) {
    try {
      return new Ended.Succeeded(update, process.run(stage, policy, listener));
    } catch (PipelineException | IOException e) {
      return new Ended.Failed(update, e);
    } catch (Throwable e) {
      return new Ended.Broken(update, e);
    }
  }

  /// Waits for a command to end; others may work on the repository meanwhile.
  private Ended await() throws IOException {
    var next = new ArrayList<Ended>();
    context.released(() -> next.add(take()));
    return next.getFirst();
  }

  private Ended take() {
    try {
      return ended.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PipelineException("interrupted while stages ran", e);
    }
  }

  private void end(Ended command) {
    var update = command.update();
    var stage = (Stage) update.node();
    running.remove(stage);
    try {
      switch (command) {
        case Ended.Succeeded(_, var run) -> succeeded(stage, update, run);
        case Ended.Failed(_, var failure) -> failed(stage, failure);
        case Ended.Broken(_, var fault) ->
            throw new IllegalStateException("'%s' broke off".formatted(stage.address()), fault);
      }
    } finally {
      close(update);
    }
  }

  private void succeeded(Stage stage, StageUpdate update, StageRun run) {
    try {
      update.finish();
    } catch (PipelineException | IOException e) {
      failed(stage, e);
      return;
    }
    listener.finished(stage, run);
    done(stage, new Outcome.Ran(run.duration()));
    if (run.duration().compareTo(WORTH_TELLING) >= 0) {
      listener.progress(schedule.left(), schedule.timeLeft(context.changed()));
    }
  }

  private void done(Node node, Outcome outcome) {
    var result = new StageResult(node, outcome);
    results.add(result);
    boolean wouldChange = outcome instanceof Outcome.WouldRun;
    if (result.changedSomething() || wouldChange) {
      context.changed().add(node);
    }
    if (options.has(Flag.FORCE_DOWNSTREAM) && (result.changedSomething() || wouldChange)) {
      forced.addAll(graph.awaiting(node));
    }
    schedule.ended(node);
  }

  private void failed(Node node, Exception failure) {
    var message = FailureText.of(failure);
    results.add(new StageResult(node, new Outcome.Failed(message)));
    var skipped =
        options.onError() == OnError.KEEP_GOING
                && options.selection().scope() != StageSelection.Scope.SINGLE
            ? schedule.skip(graph.dependents(node))
            : List.<Node>of();
    skipped.forEach(each -> results.add(new StageResult(each, new Outcome.Blocked())));
    stopped |= options.onError() == OnError.STOP;
    listener.failed(node, message, options.onError() == OnError.IGNORE, skipped);
    schedule.ended(node);
  }
}
