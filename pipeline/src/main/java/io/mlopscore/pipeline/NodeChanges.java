package io.mlopscore.pipeline;

import io.mlopscore.pipeline.StageState.Change;
import io.mlopscore.pipeline.StageState.Changed;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// What changed of stages and data since it was recorded.
record NodeChanges(LockFiles locks, Observer observer) {
  List<Change> of(Node node) throws IOException {
    return switch (node) {
      case DataSource data -> ofData(data);
      case PartialImport partial -> ofImport(partial);
      case Stage stage -> ofStage(stage);
    };
  }

  private List<Change> ofStage(Stage stage) throws IOException {
    var locked = locks.entry(stage);
    var state = StageDecision.decide(stage, locked, observer.observe(stage, locked));
    return state instanceof Changed(var found) ? found : List.of();
  }

  private List<Change> ofData(DataSource data) throws IOException {
    var file = data.output().file();
    var now = observer.look(file, Optional.of(data.recorded()));
    if (data.output().cached() && !observer.isHeld(data.recorded(), now)) {
      return List.of(new Change.OutputChanged(file, Change.What.NOT_IN_CACHE));
    }
    if (now.isEmpty()) {
      return List.of(new Change.OutputChanged(file, Change.What.DELETED));
    }
    return now.get().sameContent(data.recorded())
        ? List.of()
        : List.of(new Change.OutputChanged(file, Change.What.MODIFIED));
  }

  private List<Change> ofImport(PartialImport partial) throws IOException {
    var file = partial.output().file();
    boolean missing = observer.look(file, Optional.empty()).isEmpty();
    var output =
        new Change.OutputChanged(file, missing ? Change.What.DELETED : Change.What.MODIFIED);
    return partial.unasked() ? List.of(output, new Change.ChecksumChanged()) : List.of(output);
  }
}
