package io.mlopscore.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Finds the recorded contents that a checkout means.
record RecordedSelection(Pipeline pipeline, List<Node> nodes, CheckoutOptions options) {
  /// Of this hash the cache has nothing.
  private static final Tracked UNSEEN =
      new Tracked(new Hash(0, 0, false, false), Tracked.UNKNOWN, 0, false);

  /// @throws PipelineException when a target means nothing
  List<Recorded> find() throws IOException {
    if (options.targets().isEmpty()) {
      return recorded(nodes);
    }
    var found = new LinkedHashSet<Recorded>();
    for (var target : options.targets()) {
      found.addAll(meant(target));
    }
    return List.copyOf(found);
  }

  private Set<Recorded> meant(String target) throws IOException {
    var path = pipeline.resolve(target);
    if (options.recursive() && Files.isDirectory(path)) {
      var below = nodes.stream().filter(node -> node.definition().startsWith(path)).toList();
      return new LinkedHashSet<>(recorded(withDependencies(below)));
    }
    var named = pipeline.targets(nodes).named(target);
    var found = new LinkedHashSet<>(recorded(withDependencies(named)));
    if (named.isEmpty()) {
      found.addAll(parts(path));
      if (found.isEmpty()) {
        throw new PipelineException(
            "'%s' does not exist as an output or a stage name in 'dvc.yaml'; did you mean `git checkout %1$s`?"
                .formatted(target));
      }
    } else if (!options.withDependencies()
        && found.stream().anyMatch(each -> each.output().file().equals(path))) {
      found.removeIf(each -> !each.output().file().equals(path));
    }
    return found;
  }

  private Collection<? extends Node> withDependencies(List<Node> targets) throws IOException {
    return options.withDependencies() ? pipeline.graph().inOrder(targets) : targets;
  }

  /// Directories that a path lies in, restricted to it.
  private List<Recorded> parts(Path path) throws IOException {
    var parts = new ArrayList<Recorded>();
    for (var whole : recorded(nodes)) {
      var output = whole.output().file();
      if (path.startsWith(output) && whole.content().hash().isDirectory()) {
        var part = Workspace.posix(output.relativize(path));
        parts.add(new Recorded(whole.output(), whole.content(), part));
      }
    }
    return parts;
  }

  private List<Recorded> recorded(Collection<? extends Node> some) throws IOException {
    var recorded = new ArrayList<Recorded>();
    for (var node : some) {
      for (var output : node.outputs()) {
        Recorded.of(output, content(node, output)).ifPresent(recorded::add);
      }
    }
    return recorded;
  }

  private Optional<Tracked> content(Node node, Output output) throws IOException {
    return node instanceof PartialImport partial
        ? content(partial)
        : pipeline.recorded(node, output);
  }

  /// What was never fetched is missing; what somebody put there all the same is let be.
  private Optional<Tracked> content(PartialImport partial) throws IOException {
    var fetched = new ImportedContents(pipeline).of(partial);
    return fetched.isPresent() || Files.exists(partial.output().file())
        ? fetched
        : Optional.of(UNSEEN);
  }
}
