package io.mlopscore.pipeline;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What `dvc.lock` and `*.dvc` files say that outputs hold.
record Records(LockFiles locks, Observer observer, ContentCache cache, Outputs outputs) {
  Optional<Tracked> of(Node node, Output output) throws IOException {
    return switch (node) {
      case DataSource data -> Optional.of(data.recorded());
      case PartialImport _ -> Optional.empty();
      case Stage stage -> locks.entry(stage).flatMap(entry -> entry.output(output.path()));
    };
  }

  /// The content that one of some nodes recorded for a path.
  Optional<Tracked> at(List<Node> nodes, Path file) throws IOException {
    for (var node : nodes) {
      for (var output : node.outputs()) {
        if (output.file().equals(file)) {
          return of(node, output);
        }
      }
    }
    return Optional.empty();
  }

  /// Puts the recorded contents of a node into the workspace where they are missing.
  ///
  /// @return outputs whose content the cache lacks
  List<Output> restore(Node node) throws IOException {
    var missing = new ArrayList<Output>();
    for (var output : node.outputs()) {
      var content = of(node, output);
      if (content.isEmpty() || isThere(output, content.get())) {
        continue;
      }
      if (cache.containsAll(content.get().hash())) {
        outputs.restore(output.file(), content.get());
      } else {
        missing.add(output);
      }
    }
    observer.forget();
    return missing;
  }

  private boolean isThere(Output output, Tracked content) throws IOException {
    var now = observer.look(output.file(), Optional.of(content));
    return now.isPresent() && now.get().sameContent(content);
  }

  /// Writes an entry into its lock file, unless it is there already.
  void write(Stage stage, LockEntry entry, int rank, ReproListener listener) throws IOException {
    if (locks.entry(stage).equals(Optional.of(entry))) {
      return;
    }
    var file = locks.file(stage);
    boolean created = !file.exists();
    file.put(stage, entry, rank);
    file.write();
    listener.lockWritten(stage.lockFile(), created);
  }
}
