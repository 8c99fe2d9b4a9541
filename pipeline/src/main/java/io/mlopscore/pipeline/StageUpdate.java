package io.mlopscore.pipeline;

import io.mlopscore.pipeline.ReproOptions.Flag;
import io.mlopscore.pipeline.StageResult.Outcome;
import io.mlopscore.pipeline.StageState.Change;
import io.mlopscore.pipeline.StageState.Changed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Brings one node up to date: judges it, takes its outputs from the cache or has it run, and
/// records what came out. Holds the paths of a running stage until it is closed.
final class StageUpdate implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofMillis(200);

  private final UpdateContext context;
  private final Pipeline pipeline;
  private final ReproOptions options;
  private final ReproListener listener;
  private final Node node;
  private final boolean force;
  private final int rank;
  private final List<Path> read = new ArrayList<>();
  private final List<Path> written = new ArrayList<>();
  private boolean holdsPaths;

  StageUpdate(UpdateContext context, Node node, boolean force, int rank) {
    this.context = context;
    this.pipeline = context.pipeline();
    this.options = context.options();
    this.listener = context.listener();
    this.node = node;
    this.force = force;
    this.rank = rank;
    node.dependencies().stream()
        .filter(dependency -> !dependency.isElsewhere())
        .forEach(dependency -> read.add(dependency.file()));
    if (node instanceof Stage stage) {
      stage.params().forEach(params -> read.add(params.file()));
    }
    node.outputs().forEach(output -> written.add(output.file()));
    node.urlOutputs().forEach(output -> written.add(output.lock()));
  }

  Node node() {
    return node;
  }

  /// Does all that needs no command.
  ///
  /// @return what became of it; empty when its commands shall run, and then [#finish]
  Optional<Outcome> begin() throws IOException {
    waitForPaths();
    return switch (node) {
      case DataSource data -> Optional.of(update(data));
      case PartialImport partial -> Optional.of(update(partial));
      case Stage stage -> update(stage);
    };
  }

  private void waitForPaths() throws IOException {
    while (true) {
      try {
        context.paths().require(read, written);
        return;
      } catch (BusyException e) {
        if (!pipeline.waitsForLock()) {
          throw e;
        }
        context.released(() -> RepositoryLock.pause(PAUSE));
      }
    }
  }

  /// Data is recorded as it is now; it never runs.
  private Outcome update(DataSource data) throws IOException {
    var now = pipeline.observer().look(data.output().file(), Optional.of(data.recorded()));
    boolean kept = !data.output().cached() || pipeline.observer().isHeld(data.recorded(), now);
    boolean same = now.isPresent() && now.get().sameContent(data.recorded());
    if (!force
        && ((same && kept) || (options.has(Flag.ALLOW_MISSING) && (now.isEmpty() || same)))) {
      listener.unchanged(data);
      return new Outcome.Unchanged();
    }
    if (options.has(Flag.PULL) && (now.isEmpty() || same) && pull()) {
      return new Outcome.Pulled();
    }
    confirm();
    if (options.has(Flag.DRY)) {
      return new Outcome.WouldRun();
    }
    recordNow(data);
    if (!same) {
      listener.changed(data.definition());
    }
    return new Outcome.Ran(Duration.ZERO);
  }

  private void recordNow(DataSource data) throws IOException {
    listener.verified(data);
    requireOutputs();
    var path = data.output().file();
    var found = pipeline.workspace().find(path, Optional.of(data.recorded())).orElseThrow();
    var store = new DataStore(pipeline);
    var ignored =
        options.has(Flag.COMMIT) ? store.track(data, found) : store.record(data, found.content());
    ignored.ifPresent(listener::changed);
  }

  private Outcome update(PartialImport partial) throws IOException {
    boolean missing = !Files.exists(partial.output().file());
    if (options.has(Flag.ALLOW_MISSING) && missing && !partial.unasked() && !force) {
      listener.unchanged(partial);
      return new Outcome.Unchanged();
    }
    confirm();
    listener.imported(partial);
    if (options.has(Flag.DRY)) {
      return new Outcome.WouldRun();
    }
    context.released(() -> context.missing().download(partial));
    return new Outcome.Ran(Duration.ZERO);
  }

  private Optional<Outcome> update(Stage stage) throws IOException {
    if (stage.frozen()) {
      listener.frozen(stage);
    }
    var locked = pipeline.locks().entry(stage);
    var found = pipeline.observer().observe(stage, locked);
    var changes = changes(stage, locked, found);
    boolean runsAnyway = force || waitsForOthers(stage);
    if (!runsAnyway && !options.has(Flag.UNASKED)) {
      var settled = settled(stage, locked, changes);
      if (settled.isPresent()) {
        return settled;
      }
    }
    listener.explained(stage, new Explanation(pipeline, stage, locked, found).lines(changes));
    confirm();
    if (stage.frozen()) {
      return Optional.of(verify(stage));
    }
    var commit = record(stage);
    if (options.has(Flag.DRY)) {
      return Optional.of(
          wouldRun(stage, runsAnyway ? Optional.empty() : commit.earlier(locked, found, changes)));
    }
    if (!force) {
      found = options.has(Flag.PULL) ? withDependencies(stage, locked, found) : found;
      if (commit.restore(locked, found, changes)) {
        return Optional.of(new Outcome.Restored());
      }
    }
    commit.requireInputs(found);
    clearTheWay(stage);
    return Optional.empty();
  }

  /// Whether a stage before it would run, so that nobody can tell what this one will read.
  private boolean waitsForOthers(Stage stage) {
    return options.has(Flag.DRY)
        && context.graph().awaited(stage).stream().anyMatch(context.changed()::contains);
  }

  /// What became of a stage that needs no run; empty when it needs one.
  private Optional<Outcome> settled(Stage stage, Optional<LockEntry> locked, List<Change> changes)
      throws IOException {
    var missing = new AllowMissing(pipeline.records(), context.graph());
    var reasons =
        options.has(Flag.ALLOW_MISSING) ? missing.reasons(stage, locked, changes) : changes;
    if (reasons.isEmpty()) {
      listener.unchanged(stage);
      return Optional.of(new Outcome.Unchanged());
    }
    return options.has(Flag.PULL) && missing.reasons(stage, locked, changes).isEmpty() && pull()
        ? Optional.of(new Outcome.Pulled())
        : Optional.empty();
  }

  private void clearTheWay(Stage stage) throws IOException {
    context.paths().take(read, written);
    holdsPaths = true;
    Outputs.clear(stage);
    for (var output : stage.urlOutputs()) {
      if (!output.persist()) {
        pipeline.remove(output);
      }
    }
    pipeline.observer().forget();
    listener.started(stage);
  }

  /// A frozen stage is not run for what it reads, nor because it always is.
  private static List<Change> changes(Stage stage, Optional<LockEntry> locked, Observation found) {
    return StageDecision.decide(stage, locked, found) instanceof Changed(var all)
        ? all.stream()
            .filter(change -> !(stage.frozen() && change instanceof Change.AlwaysChanged))
            .toList()
        : List.of();
  }

  private StageRecord record(Stage stage) {
    return new StageRecord(pipeline, options, listener, stage, rank);
  }

  private Outcome wouldRun(Stage stage, Optional<LockEntry> earlier) {
    if (earlier.isPresent()) {
      listener.restored(stage);
    }
    listener.started(stage);
    stage.command().shells().forEach(text -> listener.command(stage, text));
    return new Outcome.WouldRun();
  }

  private Outcome verify(Stage stage) throws IOException {
    if (options.has(Flag.DRY)) {
      return new Outcome.WouldRun();
    }
    listener.verified(stage);
    requireOutputs();
    record(stage).record();
    return new Outcome.Ran(Duration.ZERO);
  }

  private void confirm() {
    if (options.has(Flag.INTERACTIVE) && !listener.confirmed(node)) {
      throw new PipelineException("reproduction aborted by the user");
    }
  }

  private void requireOutputs() {
    var missing =
        node.outputs().stream()
            .map(Output::file)
            .filter(file -> !Files.exists(file, LinkOption.NOFOLLOW_LINKS))
            .map(pipeline::shown)
            .toList();
    if (!missing.isEmpty()) {
      throw new PipelineException(
          "missing data 'source%s': %s"
              .formatted(missing.size() > 1 ? "s" : "", String.join(", ", missing)));
    }
  }

  /// Fetches the node's own data and puts it into the workspace; false when it cannot be had.
  private boolean pull() throws IOException {
    listener.pulled(node);
    fetch(List.of(node));
    var missing = pipeline.records().restore(node);
    if (!missing.isEmpty()) {
      listener.warned("Unable to pull data for '" + pipeline.shown(node) + "'");
    }
    return missing.isEmpty();
  }

  private void fetch(List<Node> nodes) throws IOException {
    context.released(() -> context.missing().fetch(nodes));
  }

  /// Fetches dependencies that are missing from those that wrote them.
  private Observation withDependencies(Stage stage, Optional<LockEntry> locked, Observation found)
      throws IOException {
    var missing =
        stage.dependencies().stream().filter(dependency -> !found.has(dependency)).toList();
    if (missing.isEmpty()) {
      return found;
    }
    var before = context.graph().upstream(stage);
    fetch(before);
    for (var each : before) {
      pipeline.records().restore(each);
    }
    return pipeline.observer().observe(stage, locked);
  }

  /// Records what the commands made.
  void finish() throws IOException {
    record((Stage) node).record();
  }

  @Override
  public void close() throws IOException {
    if (holdsPaths) {
      holdsPaths = false;
      context.paths().release(read, written);
    }
  }
}
