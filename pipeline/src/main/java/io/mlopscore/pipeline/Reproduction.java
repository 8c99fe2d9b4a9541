package io.mlopscore.pipeline;

import io.mlopscore.pipeline.ReproOptions.OnError;
import io.mlopscore.pipeline.StageResult.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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

  /// A command that ended; `failure` is set when it failed.
  private record Ended(
      StageUpdate update,
      java.util.Optional<StageRun> run,
      java.util.Optional<Exception> failure) {}

  private final Pipeline pipeline;
  private final RepositoryLock lock;
  private final StageGraph graph;
  private final ReproOptions options;
  private final ReproListener listener;
  private final Schedule schedule;
  private final UpdateContext context;
  private final List<StageResult> results = new ArrayList<>();
  private final Map<Stage, StageUpdate> running = new HashMap<>();
  private final BlockingQueue<Ended> ended = new LinkedBlockingQueue<>();
  private final Set<Node> forced = new HashSet<>();
  private final Set<Node> changed = new HashSet<>();
  private boolean stopped;

  Reproduction(
      Pipeline pipeline,
      RepositoryLock lock,
      StageGraph graph,
      ReproOptions options,
      ReproListener listener,
      MissingData missing,
      List<Node> plan)
      throws IOException {
    this.pipeline = pipeline;
    this.lock = lock;
    this.graph = graph;
    this.options = options;
    this.listener = listener;
    var durations = pipeline.history().durations();
    this.schedule = new Schedule(graph, plan, options.jobs(), options.limits(), durations);
    this.context = new UpdateContext(pipeline, lock, graph, options, listener, missing, changed);
    pipeline.gitIgnore().expect(cachedOutputs(plan));
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
        var next = stopped ? java.util.Optional.<Node>empty() : schedule.next();
        if (next.isPresent()) {
          begin(next.get());
        } else if (!running.isEmpty()) {
          end(await());
        } else {
          return List.copyOf(results);
        }
      }
    } finally {
      for (var update : running.values()) {
        update.close();
      }
    }
  }

  private void begin(Node node) throws IOException {
    boolean force = options.force() || forced.contains(node);
    var update = new StageUpdate(context, node, force, schedule.rank(node));
    try {
      var outcome = update.begin();
      if (outcome.isPresent()) {
        done(node, outcome.get());
      } else {
        schedule.started(node);
        start((Stage) node, update);
      }
    } catch (PipelineException e) {
      update.close();
      failed(node, e);
    } catch (IOException e) {
      update.close();
      throw e;
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
      var run = pipeline.process().run(stage, policy, listener);
      return new Ended(update, java.util.Optional.of(run), java.util.Optional.empty());
    } catch (IOException | RuntimeException e) {
      return new Ended(update, java.util.Optional.empty(), java.util.Optional.of(e));
    }
  }

  /// Waits for a command to end; others may work on the repository meanwhile.
  private Ended await() throws IOException {
    lock.release();
    Ended next;
    try {
      next = ended.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PipelineException("interrupted while stages ran", e);
    } finally {
      lock.retake(RepositoryLock.FOREVER);
      pipeline.changedElsewhere();
    }
    return next;
  }

  private void end(Ended command) throws IOException {
    var stage = (Stage) command.update.node();
    running.remove(stage);
    try (var update = command.update) {
      if (command.failure.isPresent()) {
        throw command.failure.get();
      }
      var run = command.run.orElseThrow();
      update.finish();
      listener.finished(stage, run);
      done(stage, new Outcome.Ran(run.duration()));
      if (run.duration().compareTo(WORTH_TELLING) >= 0) {
        listener.progress(schedule.left(), schedule.timeLeft(changed));
      }
    } catch (PipelineException e) {
      failed(stage, e);
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("no other exception is thrown there", e);
    }
  }

  private void done(Node node, Outcome outcome) {
    var result = new StageResult(node, outcome);
    results.add(result);
    boolean wouldChange = outcome instanceof Outcome.WouldRun;
    if (result.changedSomething() || wouldChange) {
      changed.add(node);
    }
    if (options.forceDownstream() && (result.changedSomething() || wouldChange)) {
      forced.addAll(graph.awaiting(node));
    }
    schedule.ended(node);
  }

  private void failed(Node node, PipelineException failure) {
    var message = String.valueOf(failure.getMessage());
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
