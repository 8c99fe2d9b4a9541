package io.mlopscore.pipeline;

import io.mlopscore.pipeline.StageState.Change;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What changed since the last run, told while no stage that runs writes it.
record Status(NodeChanges changes, PathLocks paths, ReproListener listener) {
  /// By node; unchanged ones are left out.
  Map<Node, List<Change>> of(List<Node> nodes) throws IOException {
    var found = new LinkedHashMap<Node, List<Change>>();
    for (var node : nodes) {
      if (node instanceof Stage stage && stage.frozen()) {
        listener.frozen(stage);
      }
      paths.require(paths(node), List.of());
      var changed = changes.of(node);
      if (!changed.isEmpty()) {
        found.put(node, changed);
      }
    }
    return found;
  }

  private static List<Path> paths(Node node) {
    var paths = new ArrayList<Path>();
    node.dependencies().stream()
        .filter(dependency -> !dependency.isElsewhere())
        .forEach(dependency -> paths.add(dependency.file()));
    node.outputs().forEach(output -> paths.add(output.file()));
    node.urlOutputs().forEach(output -> paths.add(output.lock()));
    return paths;
  }
}
