package io.mlopscore.pipeline.compare;

import io.mlopscore.pipeline.Node;
import io.mlopscore.pipeline.Output;
import io.mlopscore.pipeline.Pipeline;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// The data that targets of a command stand for.
///
/// @param targets outputs, files in them, stages or `*.dvc` files
record DataTargets(List<String> targets) {

  /// Paths relative to the root of what the targets mean in any of some pipelines.
  ///
  /// @throws NoSuchFileException when one means nothing in all of them
  Set<String> in(Pipeline... pipelines) throws IOException {
    var paths = new TreeSet<String>();
    for (var target : targets) {
      var found = new TreeSet<String>();
      for (var pipeline : pipelines) {
        found.addAll(in(pipeline, target));
      }
      if (found.isEmpty()) {
        throw new NoSuchFileException("'%s' is no data, stage or *.dvc file".formatted(target));
      }
      paths.addAll(found);
    }
    return paths;
  }

  private static Set<String> in(Pipeline pipeline, String target) throws IOException {
    var path = pipeline.resolve(target);
    var nodes = pipeline.nodes();
    var repository = pipeline.repository();
    var found = new TreeSet<String>();
    if (outputs(nodes).stream().anyMatch(output -> path.startsWith(output.file()))) {
      found.add(repository.relative(path));
    } else {
      outputs(pipeline.targets(nodes).named(target))
          .forEach(output -> found.add(repository.relative(output.file())));
    }
    return found;
  }

  private static List<Output> outputs(List<Node> nodes) {
    return nodes.stream().flatMap(node -> node.outputs().stream()).toList();
  }
}
