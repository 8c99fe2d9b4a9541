package io.mlopscore.pipeline;

import io.mlopscore.pipeline.Workspace.Found;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Data in versions: added to the cache, put into the workspace.
public final class DataStore {
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
      var copy = new DataCopy(pipeline.repository(), options.force());
      for (var path : paths) {
        var from = path.normalize();
        var destination = options.destination();
        addition.add(destination.isEmpty() ? from : copy.to(destination.get(), from));
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
      var recorded = new RecordedSelection(pipeline, nodes, options).find();
      var entries = new ArrayList<>(checkout.run(recorded, options.force()));
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

  /// Stores the content of data and records it in its `*.dvc` file.
  ///
  /// @return the `.gitignore` that was changed
  Optional<Path> track(DataSource data, Found found) throws IOException {
    var output = data.output();
    pipeline.outputs().store(output.file(), found);
    pipeline.outputs().relink(output.file(), found);
    return record(data, found.content());
  }

  /// Records content in the `*.dvc` file of data and hides that from git.
  ///
  /// @return the `.gitignore` that was changed
  Optional<Path> record(DataSource data, Tracked content) throws IOException {
    var now = new VersionMerge(pipeline, data.output()).of(data.recorded(), content);
    return record(data.definition(), data.output(), now);
  }

  /// As above, for data that is new.
  Optional<Path> record(Path definition, Output output, Tracked content) throws IOException {
    var ignored = pipeline.gitIgnore().ignore(output.file());
    DataFile.write(definition, output.path(), content);
    return ignored;
  }

  /// Stores a file or directory from anywhere in the cache.
  ///
  /// @param recorded what it is recorded as; empty for what is new
  /// @return what it holds
  public Tracked keep(Path path, Optional<Tracked> recorded) throws IOException {
    var found =
        pipeline
            .workspace()
            .find(path, recorded)
            .orElseThrow(() -> new PipelineException("'%s' does not exist".formatted(path)));
    pipeline.outputs().store(path, found);
    return found.content();
  }

  /// The text that the `*.dvc` file of data has when it records this content; nothing is written.
  public String described(DataSource data, Tracked content) throws IOException {
    var now = new VersionMerge(pipeline, data.output()).of(data.recorded(), content);
    return DataFile.text(data.definition(), data.output().path(), now);
  }
}
