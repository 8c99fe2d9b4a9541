package io.mlopscore.pipeline;

import io.mlopscore.pipeline.StageState.Change;
import io.mlopscore.pipeline.StageState.Change.What;
import io.mlopscore.pipeline.StageState.Changed;
import io.mlopscore.pipeline.StageState.UpToDate;
import io.mlopscore.pipeline.yaml.Value;
import io.mlopscore.pipeline.yaml.YamlReader;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Decides whether a stage must run, from what was locked and what was found. No effects.
final class StageDecision {
  private final Stage stage;
  private final LockEntry locked;
  private final Observation found;
  private final List<Change> changes = new ArrayList<>();

  private StageDecision(Stage stage, LockEntry locked, Observation found) {
    this.stage = stage;
    this.locked = locked;
    this.found = found;
  }

  /// A stage that never ran has no command to compare with, as `dvc` has it.
  static StageState decide(Stage stage, Optional<LockEntry> locked, Observation found) {
    var nothing = new LockEntry(stage.command().value(), Map.of(), Map.of(), Map.of());
    return new StageDecision(stage, locked.orElse(nothing), found).decide();
  }

  private StageState decide() {
    if (stage.alwaysChanged() || stage.isCallback()) {
      changes.add(new Change.AlwaysChanged());
    }
    if (!stage.frozen()) {
      stage.dependencies().forEach(this::compare);
      stage.params().forEach(this::compare);
    }
    stage.outputs().forEach(this::compare);
    stage.urlOutputs().forEach(this::compare);
    // A stage that never ran is new as a whole, which its outputs say.
    boolean ran = !locked.command().equals(Value.none());
    if (ran && !stage.command().value().equals(locked.command())) {
      changes.add(new Change.CommandChanged());
    }
    return changes.isEmpty() ? new UpToDate() : new Changed(changes);
  }

  private void compare(Dependency dependency) {
    if (!found.has(dependency)) {
      changes.add(change(dependency, What.DELETED));
    } else if (!found.isAsRecorded(dependency, locked)) {
      changes.add(change(dependency, What.MODIFIED));
    }
  }

  private static Change change(Dependency dependency, What what) {
    return dependency.isUrl()
        ? new Change.UrlChanged(dependency.path(), what)
        : new Change.DependencyChanged(dependency.file(), what);
  }

  private void compare(ParamsFile file) {
    var now = found.params().get(file.path());
    if (now == null) {
      changes.add(new Change.DependencyChanged(file.file(), What.DELETED));
      return;
    }
    var before = locked.params().get(file.path());
    if (before == null) {
      changes.add(new Change.DependencyChanged(file.file(), What.NEW));
      return;
    }
    var keys = new LinkedHashSet<String>(file.keys());
    if (file.isWhole()) {
      now.entries().keySet().forEach(key -> keys.add(YamlReader.text(key)));
      before.entries().keySet().forEach(key -> keys.add(YamlReader.text(key)));
    }
    for (var key : keys) {
      difference(before.get(key), found.param(file.path(), key))
          .ifPresent(what -> changes.add(new Change.ParameterChanged(file.file(), key, what)));
    }
  }

  private static Optional<What> difference(Optional<Value> before, Optional<Value> now) {
    if (now.isEmpty()) {
      return Optional.of(What.DELETED);
    }
    if (before.isEmpty()) {
      return Optional.of(What.NEW);
    }
    return before.get().same(now.get()) ? Optional.empty() : Optional.of(What.MODIFIED);
  }

  private void compare(Output output) {
    var before = locked.outputs().get(output.path());
    var now = found.outputs().get(output.path());
    if (found.missingFromCache().contains(output.path())) {
      changes.add(new Change.OutputChanged(output.file(), What.NOT_IN_CACHE));
    } else if (now == null) {
      changes.add(new Change.OutputChanged(output.file(), What.DELETED));
    } else if (before == null || !now.sameContent(before)) {
      changes.add(new Change.OutputChanged(output.file(), What.MODIFIED));
    }
  }

  private void compare(UrlOutput output) {
    if (!found.has(output)) {
      changes.add(new Change.UrlOutputChanged(output.url(), What.DELETED));
    } else if (!found.isAsRecorded(output, locked)) {
      changes.add(new Change.UrlOutputChanged(output.url(), What.MODIFIED));
    }
  }
}
