package io.mlopscore.pipeline.remote;

import io.mlopscore.pipeline.Node;
import io.mlopscore.pipeline.Output;
import io.mlopscore.pipeline.PartialImport;
import io.mlopscore.pipeline.Pipeline;
import io.mlopscore.pipeline.PipelineException;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedCollection;

/// Finds the data that a [Selection] means.
final class DataSelection {
  private final Pipeline pipeline;
  private final Selection selection;

  private final Warnings warnings;

  DataSelection(Pipeline pipeline, Selection selection, Warnings warnings) {
    this.pipeline = pipeline;
    this.selection = selection;
    this.warnings = warnings;
  }

  /// The data of the workspace, and of the revisions that are asked for.
  List<UsedData> find() throws IOException {
    var found = new ArrayList<UsedData>();
    if (selection.revisions().workspace()) {
      found.addAll(find(pipeline, pipeline.nodes()));
    }
    if (!selection.revisions().isNone()) {
      new Snapshots(pipeline.repository())
          .forEach(
              selection.revisions(),
              pipeline.directory(),
              at -> found.addAll(find(at, at.nodes())),
              (revision, reason) ->
                  warnings.warn(
                      "failed to collect '%s', skipping: %s".formatted(revision, reason)));
    }
    return kept(found);
  }

  /// The imports in the workspace that have no content yet.
  List<PartialImport> partialImports() throws IOException {
    if (!selection.kinds().isEmpty() || !selection.revisions().workspace()) {
      return List.of();
    }
    var nodes = pipeline.nodes();
    var found = new LinkedHashSet<Node>(selection.targets().isEmpty() ? nodes : List.of());
    for (var target : expanded(pipeline)) {
      found.addAll(withDependencies(pipeline, named(pipeline, nodes, target)));
      found.addAll(containing(nodes, pipeline.resolve(target)).keySet());
    }
    return found.stream()
        .filter(PartialImport.class::isInstance)
        .map(PartialImport.class::cast)
        .toList();
  }

  private List<Node> named(Pipeline where, List<Node> nodes, String target) throws IOException {
    var path = where.resolve(target);
    return selection.recursive() && Files.isDirectory(path)
        ? below(nodes, path)
        : where.targets(nodes).named(target);
  }

  private List<UsedData> kept(List<UsedData> found) {
    return found.stream()
        .filter(
            data -> selection.kinds().isEmpty() || selection.kinds().contains(data.output().kind()))
        .filter(
            data ->
                selection.mostBytes().isEmpty()
                    || data.content().size() <= selection.mostBytes().getAsLong())
        .toList();
  }

  private List<UsedData> find(Pipeline where, List<Node> nodes) throws IOException {
    var found = new ArrayList<UsedData>();
    if (selection.targets().isEmpty()) {
      for (var node : nodes) {
        found.addAll(UsedData.of(where, node, ""));
      }
      return found;
    }
    for (var target : expanded(where)) {
      found.addAll(find(where, nodes, target));
    }
    return found;
  }

  private List<UsedData> find(Pipeline where, List<Node> nodes, String target) throws IOException {
    var path = where.resolve(target);
    var found = new ArrayList<UsedData>();
    if (selection.recursive() && Files.isDirectory(path)) {
      for (var node : withDependencies(where, below(nodes, path))) {
        found.addAll(UsedData.of(where, node, ""));
      }
      return found;
    }
    var named = where.targets(nodes).named(target);
    for (var node : withDependencies(where, named)) {
      found.addAll(UsedData.of(where, node, ""));
    }
    if (named.stream().anyMatch(node -> isOutput(node, path)) && !selection.withDependencies()) {
      found.removeIf(data -> !data.output().file().equals(path));
    }
    if (named.isEmpty()) {
      var around = containing(nodes, path);
      for (var inside : around.entrySet()) {
        var part = inside.getValue().relativize(path).toString().replace('\\', '/');
        found.addAll(UsedData.of(where, inside.getKey(), part));
        found.removeIf(data -> !path.startsWith(data.output().file()));
      }
      if (around.isEmpty()) {
        throw new PipelineException(
            "'%s' does not exist as an output or a stage name in 'dvc.yaml'".formatted(target));
      }
    }
    return found;
  }

  private static boolean isOutput(Node node, Path path) {
    return node.outputs().stream().map(Output::file).anyMatch(path::equals);
  }

  private static List<Node> below(List<Node> nodes, Path folder) {
    return nodes.stream().filter(node -> node.definition().startsWith(folder)).toList();
  }

  private SequencedCollection<Node> withDependencies(Pipeline where, List<Node> nodes)
      throws IOException {
    return selection.withDependencies() ? where.graph().inOrder(nodes) : nodes;
  }

  /// The outputs that a path lies in, by node.
  private static Map<Node, Path> containing(List<Node> nodes, Path path) {
    var found = new LinkedHashMap<Node, Path>();
    for (var node : nodes) {
      for (var output : node.outputs()) {
        if (path.startsWith(output.file())) {
          found.put(node, output.file());
        }
      }
    }
    return found;
  }

  private List<String> expanded(Pipeline where) throws IOException {
    if (!selection.glob()) {
      return selection.targets();
    }
    var expanded = new ArrayList<String>();
    for (var pattern : selection.targets()) {
      var before = expanded.size();
      var matcher = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
      try (var files = Files.walk(where.resolve(""))) {
        files
            .map(where::shown)
            .filter(name -> !name.isEmpty() && matcher.matches(Path.of(name)))
            .sorted()
            .forEach(expanded::add);
      }
      if (expanded.size() == before) {
        throw new PipelineException("nothing matches '%s'".formatted(pattern));
      }
    }
    return expanded;
  }
}
