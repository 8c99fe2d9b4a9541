package io.mlopscore.pipeline.experiments;

import io.mlopscore.pipeline.DataSource;
import io.mlopscore.pipeline.DataStore;
import io.mlopscore.pipeline.Pipeline;
import io.mlopscore.pipeline.git.Git;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;

/// Stashes of the workspace for experiments that run elsewhere: its files as they are, with other
/// parameters. The workspace itself is not touched.
record ExperimentStash(Pipeline pipeline, Git git) {
  /// @param head the commit it is based on
  /// @return its hash
  String of(String head, List<ParamOverride> overrides, String message) throws IOException {
    var folder = ExperimentFolder.of(pipeline).path();
    try (var snapshot = Snapshot.of(git, folder)) {
      for (var text : ParamsEdit.texts(pipeline.directory(), overrides).entrySet()) {
        snapshot.put(text.getKey(), text.getValue());
      }
      record(snapshot);
      var index = new WorkspaceStash(git, folder).staged(head);
      var text = "On experiments: " + message;
      return Snapshot.commit(git, snapshot.tree(), List.of(head, index), text);
    }
  }

  /// Data that was changed and not added again goes along by its `*.dvc` file.
  private void record(Snapshot snapshot) throws IOException {
    var store = new DataStore(pipeline);
    for (var node : pipeline.nodes()) {
      if (node instanceof DataSource data
          && !data.imported()
          && data.output().cached()
          && Files.exists(data.output().file())) {
        var now = store.keep(data.output().file(), Optional.of(data.recorded()));
        if (!now.hash().equals(data.recorded().hash())) {
          snapshot.put(data.definition(), store.described(data, now));
        }
      }
    }
  }
}
