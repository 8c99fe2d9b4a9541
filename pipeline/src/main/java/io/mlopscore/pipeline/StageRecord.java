package io.mlopscore.pipeline;

import io.mlopscore.pipeline.ReproOptions.Flag;
import io.mlopscore.pipeline.StageState.Change;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/// Records a stage: its outputs in the cache, its entry in `dvc.lock` and among the earlier runs;
/// or takes them from there.
final class StageRecord {
  private final Pipeline pipeline;
  private final ReproOptions options;
  private final ReproListener listener;
  private final Stage stage;
  private final int rank;

  StageRecord(
      Pipeline pipeline, ReproOptions options, ReproListener listener, Stage stage, int rank) {
    this.pipeline = pipeline;
    this.options = options;
    this.listener = listener;
    this.stage = stage;
    this.rank = rank;
  }

  /// Takes the outputs from the cache when this very run was made before.
  boolean restore(Optional<LockEntry> locked, Observation found, List<Change> changes)
      throws IOException {
    var known = earlier(locked, found, changes);
    if (known.isEmpty()) {
      return false;
    }
    listener.restored(stage);
    for (var output : stage.outputs()) {
      var content = known.get().output(output.path());
      if (content.isPresent()) {
        pipeline.outputs().restore(output.file(), content.get());
      }
    }
    pipeline.observer().forget();
    record();
    return true;
  }

  /// The record of a run with the same command and inputs whose outputs the cache has: that of
  /// `dvc.lock` when only outputs differ from it, else one of the run cache.
  Optional<LockEntry> earlier(Optional<LockEntry> locked, Observation found, List<Change> changes)
      throws IOException {
    if (!stage.fitsRunCache() || !missingParams(found).isEmpty()) {
      return Optional.empty();
    }
    var inputs = found.inputs(stage);
    if (inputs.isEmpty()) {
      return Optional.empty();
    }
    boolean sameInputs = changes.stream().allMatch(Change.OutputChanged.class::isInstance);
    boolean recorded =
        locked.isPresent()
            && stage.outputs().stream()
                .allMatch(output -> locked.get().outputs().containsKey(output.path()));
    if (!(sameInputs && recorded) && !options.has(Flag.RUN_CACHE)) {
      return Optional.empty();
    }
    var known =
        sameInputs && recorded
            ? locked
            : pipeline.runCache().find(withOutputPaths(inputs.get()), this::warnOfBroken);
    return known.isPresent() && isComplete(known.get()) ? known : Optional.empty();
  }

  private void warnOfBroken(Path result) {
    listener.warned("corrupted cache file '%s'.".formatted(pipeline.shown(result)));
  }

  /// The key of the run cache covers the paths of the outputs; their contents do not matter there.
  private LockEntry withOutputPaths(LockEntry inputs) {
    var unknown = new Tracked(new Hash("0".repeat(32)), 0, 0, false);
    var outputs = new LinkedHashMap<String, Tracked>();
    stage.outputs().forEach(output -> outputs.put(output.path(), unknown));
    return inputs.with(outputs);
  }

  private boolean isComplete(LockEntry entry) throws IOException {
    for (var output : stage.outputs()) {
      var content = entry.output(output.path());
      if (content.isEmpty() || !pipeline.cache().containsAll(content.get().hash())) {
        return false;
      }
    }
    return true;
  }

  void record() throws IOException {
    record(isInCache());
  }

  /// As asked for by `commit`: also the results of a run that git keeps a part of.
  void recordAll() throws IOException {
    record(true);
  }

  /// Stores the outputs and writes the lock, for what is in the workspace now: a command may have
  /// changed what it reads.
  private void record(boolean replayable) throws IOException {
    var before = pipeline.locks().entry(stage);
    var inputs = requireInputs(pipeline.observer().inputs(stage, before));
    var outputs = new LinkedHashMap<String, Tracked>();
    for (var output : stage.outputs()) {
      outputs.put(
          output.path(),
          keep(output, before.flatMap(entry -> entry.output(output.path())), replayable));
    }
    var urls = new LinkedHashMap<String, UrlContent>();
    for (var output : stage.urlOutputs()) {
      var content = written(output);
      content
          .tracked()
          .ifPresentOrElse(
              known -> outputs.put(output.url(), known), () -> urls.put(output.url(), content));
    }
    var entry = inputs.with(outputs, urls);
    if (options.has(Flag.COMMIT) && stage.fitsRunCache() && replayable) {
      pipeline.runCache().save(entry);
    }
    pipeline.records().write(stage, entry, rank, listener);
  }

  /// A run can be replayed only if the contents of its outputs are kept.
  private boolean isInCache() {
    return stage.outputs().stream()
        .allMatch(output -> output.cached() || output.kind() != Output.Kind.OUT);
  }

  private UrlContent written(UrlOutput output) throws IOException {
    var content = pipeline.observer().ask(output.url());
    if (content.isEmpty()) {
      throw new PipelineException(
          "output '%s' does not exist; its command did not write it".formatted(output.url()));
    }
    if (content.get().size() == 0) {
      listener.warned("'%s' is empty.".formatted(output.url()));
    }
    return content.get();
  }

  private Tracked keep(Output output, Optional<Tracked> before, boolean replayable)
      throws IOException {
    var content =
        pipeline
            .observer()
            .look(output.file(), before)
            .orElseThrow(
                () ->
                    new PipelineException(
                        "output '%s' does not exist; its command did not write it"
                            .formatted(pipeline.shown(output))));
    if (isEmpty(content)) {
      listener.warned("'%s' is empty.".formatted(pipeline.shown(output)));
    }
    if (output.cached()) {
      pipeline.gitIgnore().ignore(output.file()).ifPresent(listener::changed);
    }
    // Metrics that git keeps are stored too: the run cache needs their content.
    if (options.has(Flag.COMMIT) && (output.cached() || (stage.fitsRunCache() && replayable))) {
      pipeline.outputs().store(output.file(), content);
      if (output.cached()) {
        pipeline.outputs().relink(output.file(), content);
      }
    }
    return content.orAsBefore(before);
  }

  private static boolean isEmpty(Tracked content) {
    return content.hash().isDirectory() ? content.files() == 0 : content.size() == 0;
  }

  /// The inputs as the lock has them.
  ///
  /// @throws PipelineException when one is missing
  LockEntry requireInputs(Observation found) {
    for (var dependency : stage.dependencies()) {
      if (!found.has(dependency)) {
        throw new PipelineException(
            "dependency '%s' does not exist".formatted(pipeline.shown(dependency)));
      }
    }
    var missing = missingParams(found);
    if (!missing.isEmpty()) {
      throw new PipelineException(String.join(" ", missing));
    }
    return found.inputs(stage).orElseThrow();
  }

  private List<String> missingParams(Observation found) {
    var problems = new ArrayList<String>();
    for (var file : stage.params()) {
      var missing =
          file.keys().stream().filter(key -> found.param(file.path(), key).isEmpty()).toList();
      if (!found.params().containsKey(file.path())) {
        problems.add("The parameter file '%s' does not exist.".formatted(file.path()));
      } else if (!missing.isEmpty()) {
        problems.add(
            "Parameters '%s' are missing from '%s'."
                .formatted(String.join(", ", missing), file.path()));
      }
    }
    return problems;
  }
}
