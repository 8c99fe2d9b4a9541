package io.mlopscore.pipeline;

import io.mlopscore.pipeline.StageState.Change;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Judges a stage where data that is not there is no reason to run it.
record AllowMissing(Records records, StageGraph graph) {
  /// The changes that remain reasons. A dependency that is not there is one all the same when the
  /// stage before it has recorded another content.
  List<Change> reasons(Stage stage, Optional<LockEntry> locked, List<Change> changes)
      throws IOException {
    var reasons = new ArrayList<Change>();
    for (var change : changes) {
      if (isReason(stage, locked, change)) {
        reasons.add(change);
      }
    }
    return reasons;
  }

  private boolean isReason(Stage stage, Optional<LockEntry> locked, Change change)
      throws IOException {
    return switch (change) {
      case Change.OutputChanged(_, var what) ->
          what != Change.What.DELETED && what != Change.What.NOT_IN_CACHE;
      case Change.DependencyChanged(var file, var what) ->
          what != Change.What.DELETED || isRecordedOtherwise(stage, locked, file);
      case Change.UrlChanged(_, var what) -> what != Change.What.DELETED;
      case Change.UrlOutputChanged(_, var what) -> what != Change.What.DELETED;
      case Change.CommandChanged _,
          Change.ParameterChanged _,
          Change.UpdateAvailable _,
          Change.ChecksumChanged _,
          Change.AlwaysChanged _ ->
          true;
    };
  }

  private boolean isRecordedOtherwise(Stage stage, Optional<LockEntry> locked, Path file)
      throws IOException {
    for (var dependency : stage.dependencies()) {
      if (dependency.file().equals(file)) {
        var mine = locked.flatMap(entry -> entry.dependency(dependency.path()));
        var theirs = records.at(graph.upstream(stage), file);
        return theirs.isPresent() && !(mine.isPresent() && mine.get().sameContent(theirs.get()));
      }
    }
    return false;
  }
}
