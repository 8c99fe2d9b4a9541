package io.mlopscore.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Data in versions: added to the cache, put into the workspace.
public final class DataStore {
  /// Of this hash the cache has nothing.
  private static final Tracked UNSEEN =
      new Tracked(new Hash(0, 0, false, false), Tracked.UNKNOWN, 0, false);

  private final Pipeline pipeline;

  public DataStore(Pipeline pipeline) {
    this.pipeline = pipeline;
  }

  /// Starts to track files or directories, or takes over their changes.
  ///
  /// @return the files that git should get
  public Set<Path> add(List<Path> paths) throws IOException {
    return add(paths, AddOptions.USUAL);
  }

  /// As above.
  ///
  /// @param paths one, when there is a destination
  public Set<Path> add(List<Path> paths, AddOptions options) throws IOException {
    if (options.destination().isPresent() && paths.size() != 1) {
      throw new PipelineException("--out goes with one target");
    }
    try (var _ = pipeline.lock()) {
      var addition = new Addition(pipeline, options);
      for (var path : paths) {
        var from = path.normalize();
        addition.add(
            options.destination().isEmpty()
                ? from
                : Addition.copy(
                        pipeline.repository(), from, options.destination().get(), options.force())
                    .normalize());
      }
      return addition.written();
    } finally {
      pipeline.save();
    }
  }

  /// Puts recorded contents into the workspace.
  ///
  /// @param force overwrite changes that the cache does not have
  public List<Checkout.Entry> checkout(List<String> targets, boolean force) throws IOException {
    return checkout(new CheckoutOptions(targets, false, false, force, false));
  }

  /// As above. Without targets, outputs that nothing names any more are taken away.
  public List<Checkout.Entry> checkout(CheckoutOptions options) throws IOException {
    try (var _ = pipeline.lock()) {
      var checkout =
          new Checkout(pipeline.workspace(), pipeline.cache(), pipeline.placed(), options.relink());
      var nodes = pipeline.nodes();
      var entries = new ArrayList<Checkout.Entry>();
      var recorded = options.targets().isEmpty() ? recorded(nodes) : recorded(nodes, options);
      entries.addAll(checkout.run(recorded, options.force()));
      if (options.targets().isEmpty()) {
        entries.addAll(checkout.removeOld(outputs(nodes)));
      }
      return entries;
    } finally {
      pipeline.save();
    }
  }

  /// Makes files writable that are links to the cache.
  public void unprotect(List<Path> paths) throws IOException {
    try (var _ = pipeline.lock()) {
      for (var path : paths) {
        if (!Files.exists(path)) {
          throw new IOException(
              "can't unprotect non-existing data '%s'".formatted(pipeline.shown(path)));
        }
        Unprotect.at(path);
      }
    }
  }

  private static Set<Path> outputs(List<Node> nodes) {
    var outputs = new HashSet<Path>();
    nodes.forEach(node -> node.outputs().forEach(output -> outputs.add(output.file())));
    return outputs;
  }

  private List<Recorded> recorded(Collection<? extends Node> nodes) throws IOException {
    var recorded = new ArrayList<Recorded>();
    for (var node : nodes) {
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

  private Set<Recorded> recorded(List<Node> nodes, CheckoutOptions options, String target)
      throws IOException {
    var path = pipeline.resolve(target);
    if (options.recursive() && Files.isDirectory(path)) {
      var below = nodes.stream().filter(node -> node.definition().startsWith(path)).toList();
      return new LinkedHashSet<>(recorded(withDependencies(below, options)));
    }
    var named = pipeline.named(nodes, target);
    var found = new LinkedHashSet<>(recorded(withDependencies(named, options)));
    if (named.isEmpty()) {
      found.addAll(parts(nodes, path));
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

  private List<Recorded> recorded(List<Node> nodes, CheckoutOptions options) throws IOException {
    var found = new LinkedHashSet<Recorded>();
    for (var target : options.targets()) {
      found.addAll(recorded(nodes, options, target));
    }
    return List.copyOf(found);
  }

  private Collection<? extends Node> withDependencies(List<Node> nodes, CheckoutOptions options)
      throws IOException {
    return options.withDependencies() ? pipeline.graph().inOrder(nodes) : nodes;
  }

  /// Directories that a path lies in, restricted to it.
  private List<Recorded> parts(List<Node> nodes, Path path) throws IOException {
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
}
