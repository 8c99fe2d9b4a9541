package io.mlopscore.pipeline;

import io.mlopscore.pipeline.Checkout.Recorded;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Data in versions: added to the cache, put into the workspace, exchanged with remotes.
public final class DataStore {
  private final Pipeline pipeline;

  public DataStore(Pipeline pipeline) {
    this.pipeline = pipeline;
  }

  /// Starts to track files or directories, or takes over their changes.
  ///
  /// @return the files that git should get
  public Set<Path> add(List<Path> paths) throws IOException {
    try (var _ = pipeline.lock()) {
      var nodes = pipeline.nodes();
      var written = new LinkedHashSet<Path>();
      for (var path : paths) {
        add(path.normalize(), nodes, written);
      }
      return written;
    } finally {
      pipeline.workspace().save();
    }
  }

  private void add(Path path, List<Node> nodes, Set<Path> written) throws IOException {
    var repository = pipeline.repository();
    if (!repository.contains(path) || path.equals(repository.root())) {
      throw new PipelineException(path + " is not inside the repository " + repository.root());
    }
    if (!Files.exists(path)) {
      throw new PipelineException(
          Files.exists(path, LinkOption.NOFOLLOW_LINKS)
              ? path + " is a link that points nowhere"
              : path + " does not exist");
    }
    var definition = path.resolveSibling(path.getFileName() + ".dvc");
    requireFree(path, definition, nodes);
    var found = pipeline.workspace().find(path).orElseThrow();
    var name = path.getFileName().toString();
    var output = new Output(name, path, Output.Kind.OUT, true, false, true, Optional.empty());
    pipeline.track(definition, output, found).ifPresent(written::add);
    written.add(definition);
  }

  private void requireFree(Path path, Path definition, List<Node> nodes) {
    for (var node : nodes) {
      for (var output : node.outputs()) {
        boolean overlaps = path.startsWith(output.file()) || output.file().startsWith(path);
        if (overlaps && !node.definition().equals(definition)) {
          throw new PipelineException(
              "%s overlaps output '%s' of '%s', which keeps it already"
                  .formatted(pipeline.shown(path), output.path(), node.address()));
        }
      }
    }
  }

  /// Puts recorded contents into the workspace.
  ///
  /// @param force overwrite changes that the cache does not have
  public List<Checkout.Entry> checkout(List<String> targets, boolean force) throws IOException {
    try (var _ = pipeline.lock()) {
      return new Checkout(pipeline.workspace(), pipeline.cache(), force).run(recorded(targets));
    } finally {
      pipeline.workspace().save();
    }
  }

  private List<Recorded> recorded(List<String> targets) throws IOException {
    var nodes = pipeline.nodes();
    var recorded = new ArrayList<Recorded>();
    for (var node : targets.isEmpty() ? nodes : pipeline.targets(nodes, targets)) {
      switch (node) {
        case DataSource data ->
            Recorded.of(data.output(), Optional.of(data.recorded())).ifPresent(recorded::add);
        case Stage stage -> {
          var locked = pipeline.locks().entry(stage);
          for (var output : stage.outputs()) {
            Recorded.of(output, locked.map(entry -> entry.outputs().get(output.path())))
                .ifPresent(recorded::add);
          }
        }
      }
    }
    return recorded;
  }
}
