package io.mlopscore.pipeline;

import io.mlopscore.pipeline.StageResult.Outcome;
import io.mlopscore.pipeline.StageState.Changed;
import io.mlopscore.pipeline.StageState.UpToDate;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// One `repro`: brings the stages of a graph up to date, one after the other.
///
/// `dvc.lock` is written after each stage, so whatever was finished stays finished when the next
/// stage fails or the process is killed.
final class Reproduction {
  private final Pipeline pipeline;
  private final StageGraph graph;
  private final ReproOptions options;
  private final ReproListener listener;
  private final List<StageResult> results = new ArrayList<>();
  private final Set<Node> notDone = new HashSet<>();

  Reproduction(Pipeline pipeline, StageGraph graph, ReproOptions options, ReproListener listener) {
    this.pipeline = pipeline;
    this.graph = graph;
    this.options = options;
    this.listener = listener;
  }

  List<StageResult> run(List<Node> order) throws IOException {
    pipeline
        .gitIgnore()
        .expect(
            order.stream()
                .flatMap(node -> node.outputs().stream())
                .filter(Output::cached)
                .map(Output::file)
                .toList());
    for (var node : order) {
      var outcome = outcome(node);
      results.add(new StageResult(node, outcome));
      if (outcome instanceof Outcome.Failed && !options.keepGoing()) {
        break;
      }
    }
    return List.copyOf(results);
  }

  private Outcome outcome(Node node) throws IOException {
    if (graph.upstream(node).stream().anyMatch(notDone::contains) && !options.dry()) {
      notDone.add(node);
      return new Outcome.Blocked();
    }
    try {
      return switch (node) {
        case DataSource data -> reproduce(data);
        case Stage stage -> reproduce(stage);
      };
    } catch (PipelineException e) {
      notDone.add(node);
      if (node instanceof Stage stage) {
        listener.failed(stage, message(e));
      }
      return new Outcome.Failed(message(e));
    }
  }

  private static String message(PipelineException e) {
    return String.valueOf(e.getMessage());
  }

  /// Data that was edited is taken as it is now; data that is gone comes back from the cache.
  private Outcome reproduce(DataSource data) throws IOException {
    var now = pipeline.observer().look(data.output().file());
    if (now.isPresent() && now.get().sameContent(data.recorded())) {
      listener.unchanged(data);
      return new Outcome.Unchanged();
    }
    if (options.dry()) {
      notDone.add(data);
      return new Outcome.WouldRun();
    }
    if (now.isPresent()) {
      var found = pipeline.workspace().find(data.output().file()).orElseThrow();
      pipeline.track(data.definition(), data.output(), found);
      return new Outcome.Ran(Duration.ZERO);
    }
    if (!data.output().cached() || !pipeline.cache().containsAll(data.recorded().hash())) {
      throw new PipelineException(
          "'%s': its data is neither at %s nor in the cache; `mlops pull` fetches it from a remote"
              .formatted(data.address(), pipeline.repository().relative(data.output().file())));
    }
    pipeline.outputs().restore(data.output().file(), data.recorded());
    pipeline.observer().forget();
    return new Outcome.Restored();
  }

  private Outcome reproduce(Stage stage) throws IOException {
    if (stage.frozen()) {
      listener.frozen(stage);
    }
    var locked = pipeline.locks().entry(stage);
    var found = pipeline.observer().observe(stage, locked);
    var state = StageDecision.decide(stage, locked, found);
    boolean waits = graph.upstream(stage).stream().anyMatch(notDone::contains);
    if (state instanceof UpToDate && !options.force() && !waits) {
      listener.unchanged(stage);
      return new Outcome.Unchanged();
    }
    if (options.dry()) {
      return wouldRun(stage);
    }
    if (!options.force() && options.runCache() && restore(stage, state, locked, found)) {
      return new Outcome.Restored();
    }
    return execute(stage, found);
  }

  private Outcome wouldRun(Stage stage) {
    notDone.add(stage);
    listener.started(stage);
    stage.command().shells().forEach(listener::command);
    return new Outcome.WouldRun();
  }

  /// Takes the outputs from the cache when this very run was made before.
  private boolean restore(
      Stage stage,
      io.mlopscore.pipeline.StageState state,
      Optional<LockEntry> locked,
      Observation found)
      throws IOException {
    boolean onlyGone = state instanceof Changed changed && changed.onlyOutputsMissing();
    var known = onlyGone ? locked : earlierRun(stage, found);
    if (known.isEmpty() || !isComplete(stage, known.get())) {
      return false;
    }
    var inputs = found.inputs(stage);
    if (inputs.isEmpty()) {
      return false;
    }
    listener.restored(stage);
    for (var output : stage.outputs()) {
      var content = known.get().outputs().get(output.path());
      if (content != null) {
        pipeline.outputs().restore(output.file(), content);
        hide(output);
      }
    }
    pipeline.observer().forget();
    record(stage, inputs.get(), locked);
    return true;
  }

  private Optional<LockEntry> earlierRun(Stage stage, Observation found) throws IOException {
    if (!stage.fitsRunCache() || !missingParams(stage, found).isEmpty()) {
      return Optional.empty();
    }
    var inputs = found.inputs(stage);
    if (inputs.isEmpty()) {
      return Optional.empty();
    }
    var asked = withOutputPaths(stage, inputs.get());
    return pipeline.runCache().find(asked);
  }

  /// The key of the run cache covers the paths of the outputs; their contents do not matter there.
  private static LockEntry withOutputPaths(Stage stage, LockEntry inputs) {
    var unknown = new Tracked(new Hash("0".repeat(32)), 0, 0, false);
    var outputs = new LinkedHashMap<String, Tracked>();
    stage.outputs().forEach(output -> outputs.put(output.path(), unknown));
    return new LockEntry(inputs.command(), inputs.dependencies(), inputs.params(), outputs);
  }

  private boolean isComplete(Stage stage, LockEntry entry) throws IOException {
    for (var output : stage.outputs()) {
      var content = entry.outputs().get(output.path());
      if (content == null || !pipeline.cache().containsAll(content.hash())) {
        return false;
      }
    }
    return true;
  }

  private Outcome execute(Stage stage, Observation found) throws IOException {
    var inputs = requireInputs(stage, found);
    long start = System.nanoTime();
    listener.started(stage);
    Outputs.clear(stage);
    pipeline.process().run(stage, listener);
    // The lock file may have changed while the command ran: it is read anew.
    pipeline.observer().forget();
    pipeline.locks().refresh();
    var locked = pipeline.locks().entry(stage);
    var entry = record(stage, inputs, locked);
    if (options.commit() && stage.fitsRunCache() && isInCache(stage)) {
      pipeline.runCache().save(entry);
    }
    var duration = Duration.ofNanos(System.nanoTime() - start);
    listener.finished(stage, duration);
    return new Outcome.Ran(duration);
  }

  /// A run can be replayed only if the contents of its outputs are kept.
  private static boolean isInCache(Stage stage) {
    return stage.outputs().stream()
        .allMatch(output -> output.cached() || output.kind() != Output.Kind.OUT);
  }

  private LockEntry requireInputs(Stage stage, Observation found) {
    for (var dependency : stage.dependencies()) {
      if (!found.dependencies().containsKey(dependency.path())) {
        throw new PipelineException(
            "failed to reproduce '%s': dependency '%s' does not exist"
                .formatted(stage.address(), pipeline.repository().relative(dependency.file())));
      }
    }
    var missing = missingParams(stage, found);
    if (!missing.isEmpty()) {
      throw new PipelineException(
          "failed to reproduce '%s': %s".formatted(stage.address(), String.join(" ", missing)));
    }
    return found.inputs(stage).orElseThrow();
  }

  private static List<String> missingParams(Stage stage, Observation found) {
    var problems = new ArrayList<String>();
    for (var file : stage.params()) {
      var missing =
          file.keys().stream()
              .filter(key -> found.param(file.path(), key).isEmpty())
              .map(key -> "'" + key + "'")
              .toList();
      boolean absent = !found.params().containsKey(file.path());
      if (!missing.isEmpty()) {
        problems.add(
            "Parameters %s are missing from '%s'."
                .formatted(String.join(", ", missing), file.path()));
      } else if (absent) {
        problems.add("The parameter file '%s' does not exist.".formatted(file.path()));
      }
    }
    return problems;
  }

  /// Stores the outputs and writes the lock.
  private LockEntry record(Stage stage, LockEntry inputs, Optional<LockEntry> before)
      throws IOException {
    var outputs = new LinkedHashMap<String, Tracked>();
    for (var output : stage.outputs()) {
      outputs.put(output.path(), keep(stage, output));
    }
    var entry = new LockEntry(inputs.command(), inputs.dependencies(), inputs.params(), outputs);
    if (!before.equals(Optional.of(entry))) {
      var file = pipeline.locks().file(stage);
      boolean created = !file.exists();
      file.put(stage, entry, results.size());
      file.write();
      listener.lockWritten(stage.lockFile(), created);
    }
    return entry;
  }

  private Tracked keep(Stage stage, Output output) throws IOException {
    var content =
        pipeline
            .observer()
            .look(output.file())
            .orElseThrow(
                () ->
                    new PipelineException(
                        "failed to reproduce '%s': output '%s' does not exist; its command did not write it"
                            .formatted(
                                stage.address(), pipeline.repository().relative(output.file()))));
    hide(output);
    // Metrics that git keeps are stored too: the run cache needs their content.
    if (options.commit() && (output.cached() || (stage.fitsRunCache() && isInCache(stage)))) {
      pipeline.outputs().store(output.file(), content);
    }
    return content;
  }

  private void hide(Output output) throws IOException {
    if (output.cached()) {
      pipeline.gitIgnore().ignore(output.file()).ifPresent(listener::ignored);
    }
  }
}
