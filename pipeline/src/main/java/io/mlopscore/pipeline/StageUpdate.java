package io.mlopscore.pipeline;

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
    if (!force && ((same && kept) || (options.allowMissing() && (now.isEmpty() || same)))) {
      listener.unchanged(data);
      return new Outcome.Unchanged();
    }
    if (options.pull() && (now.isEmpty() || same) && pull()) {
      return new Outcome.Pulled();
    }
    confirm();
    if (options.dry()) {
      return new Outcome.WouldRun();
    }
    listener.verified(data);
    requireOutputs();
    var path = data.output().file();
    var found = pipeline.workspace().find(path, Optional.of(data.recorded())).orElseThrow();
    var store = new DataStore(pipeline);
    var ignored =
        options.commit()
            ? store.track(data.definition(), data.output(), found)
            : store.record(data.definition(), data.output(), found.content());
    ignored.ifPresent(listener::changed);
    if (!same) {
      listener.changed(data.definition());
    }
    return new Outcome.Ran(Duration.ZERO);
  }

  private Outcome update(PartialImport partial) throws IOException {
    boolean missing = !Files.exists(partial.output().file());
    if (options.allowMissing() && missing && !partial.unasked() && !force) {
      listener.unchanged(partial);
      return new Outcome.Unchanged();
    }
    confirm();
    listener.imported(partial);
    if (options.dry()) {
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
    boolean waits =
        options.dry()
            && context.graph().awaited(stage).stream().anyMatch(context.changed()::contains);
    if (!force && !waits) {
      var reasons = options.allowMissing() ? beyondMissing(stage, locked, changes) : changes;
      if (reasons.isEmpty()) {
        listener.unchanged(stage);
        return Optional.of(new Outcome.Unchanged());
      }
      if (options.pull() && beyondMissing(stage, locked, changes).isEmpty() && pull()) {
        return Optional.of(new Outcome.Pulled());
      }
    }
    listener.explained(stage, new Explanation(pipeline, stage, locked, found).lines(changes));
    confirm();
    if (stage.frozen()) {
      return Optional.of(verify(stage));
    }
    var commit = record(stage);
    if (options.dry()) {
      return Optional.of(
          wouldRun(
              stage, force || waits ? Optional.empty() : commit.earlier(locked, found, changes)));
    }
    if (!force) {
      found = options.pull() ? withDependencies(stage, locked, found) : found;
      if (commit.restore(locked, found, changes)) {
        return Optional.of(new Outcome.Restored());
      }
    }
    commit.requireInputs(found);
    context.paths().take(read, written);
    holdsPaths = true;
    Outputs.clear(stage);
    pipeline.observer().forget();
    listener.started(stage);
    return Optional.empty();
  }

  /// A frozen stage is not run for what it reads, nor because it always is.
  private static List<Change> changes(Stage stage, Optional<LockEntry> locked, Observation found) {
    return StageDecision.decide(stage, locked, found) instanceof Changed(var all)
        ? all.stream()
            .filter(change -> !(stage.frozen() && change instanceof Change.AlwaysChanged))
            .toList()
        : List.of();
  }

  /// The reasons that remain when data that is not there does not count. A dependency that is not
  /// there counts all the same when the stage before it has recorded another content.
  private List<Change> beyondMissing(Stage stage, Optional<LockEntry> locked, List<Change> changes)
      throws IOException {
    var remaining = new ArrayList<Change>();
    for (var change : changes) {
      boolean missing =
          switch (change) {
            case Change.OutputChanged(_, var what) ->
                what == Change.What.DELETED || what == Change.What.NOT_IN_CACHE;
            case Change.DependencyChanged(var file, var what) ->
                what == Change.What.DELETED && !isRecordedOtherwise(stage, locked, file);
            case Change.UrlChanged(_, var what) -> what == Change.What.DELETED;
            case Change.CommandChanged _,
                Change.ParameterChanged _,
                Change.UpdateAvailable _,
                Change.ChecksumChanged _,
                Change.AlwaysChanged _ ->
                false;
          };
      if (!missing) {
        remaining.add(change);
      }
    }
    return remaining;
  }

  private boolean isRecordedOtherwise(Stage stage, Optional<LockEntry> locked, Path file)
      throws IOException {
    for (var dependency : stage.dependencies()) {
      if (dependency.file().equals(file)) {
        var mine = locked.flatMap(entry -> entry.dependency(dependency.path()));
        var theirs = pipeline.records().at(context.graph().upstream(stage), file);
        return theirs.isPresent() && !(mine.isPresent() && mine.get().sameContent(theirs.get()));
      }
    }
    return false;
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
    if (options.dry()) {
      return new Outcome.WouldRun();
    }
    listener.verified(stage);
    requireOutputs();
    record(stage).record();
    return new Outcome.Ran(Duration.ZERO);
  }

  private void confirm() {
    if (options.interactive() && !listener.confirmed(node)) {
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
