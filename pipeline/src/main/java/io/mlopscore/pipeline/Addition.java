package io.mlopscore.pipeline;

import io.mlopscore.pipeline.Workspace.Found;
import io.mlopscore.pipeline.ignore.DvcIgnore;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Tracks paths as data: in a new `*.dvc` file, in the one they have, or in that of the directory
/// they are part of.
final class Addition {
  private final Pipeline pipeline;
  private final AddOptions options;
  private final List<Node> nodes;
  private final Set<Path> written = new LinkedHashSet<>();

  Addition(Pipeline pipeline, AddOptions options) throws IOException {
    this.pipeline = pipeline;
    this.options = options;
    this.nodes = new ArrayList<>(pipeline.nodes());
  }

  /// The files that git should get.
  Set<Path> written() {
    return written;
  }

  void add(Path path) throws IOException {
    requireInside(path);
    var holder = holder(path);
    if (holder.isPresent() && !holder.get().output().file().equals(path)) {
      addPart(holder.get(), path);
    } else {
      pipeline.repository().requireNotIgnored(path);
      addWhole(holder, path);
    }
  }

  private void requireInside(Path path) {
    var repository = pipeline.repository();
    if (!repository.contains(path) || path.equals(repository.root())) {
      throw new PipelineException(path + " is not inside the repository " + repository.root());
    }
  }

  /// The data that a path is, or is part of.
  private Optional<DataSource> holder(Path path) {
    Optional<DataSource> holder = Optional.empty();
    for (var node : nodes) {
      for (var output : node.outputs()) {
        if (path.startsWith(output.file())) {
          switch (node) {
            case DataSource data -> holder = Optional.of(data);
            case PartialImport partial -> requireWhole(partial, path);
            case Stage stage ->
                throw new PipelineException(
                    "cannot update '%s': overlaps with an output of '%s'; run the stage, or take its outputs as they are with `mlops commit`"
                        .formatted(pipeline.shown(path), stage.address()));
          }
        } else if (output.file().startsWith(path)) {
          throw new PipelineException(
              "Cannot add '%s', because it is overlapping with other tracked output '%s' of '%s'; to include that, `mlops remove` it first"
                  .formatted(pipeline.shown(path), pipeline.shown(output), node.address()));
        }
      }
    }
    return holder;
  }

  /// Data that an import lacked completes its file; of a part nobody knows what the rest is.
  private void requireWhole(PartialImport partial, Path path) {
    if (!partial.output().file().equals(path)) {
      throw new PipelineException(
          "'%s' is part of what '%s' has not downloaded yet"
              .formatted(pipeline.shown(path), pipeline.shown(partial)));
    }
  }

  private void addWhole(Optional<DataSource> known, Path path) throws IOException {
    var definition =
        known.map(DataSource::definition).orElse(path.resolveSibling(path.getFileName() + ".dvc"));
    var name = path.getFileName().toString();
    var output =
        known
            .map(DataSource::output)
            .orElse(new Output(name, path, Output.Kind.OUT, true, false, true, Optional.empty()));
    var found = found(path, known.map(DataSource::recorded));
    if (options.commit() && output.cached()) {
      pipeline.outputs().store(path, found);
      if (options.relink()) {
        pipeline.outputs().relink(path, found);
      }
    }
    var merge = new VersionMerge(pipeline, output);
    var content = found.content();
    record(
        definition,
        output,
        known.isPresent() ? merge.of(known.get().recorded(), content) : content);
  }

  private void record(Path definition, Output output, Tracked content) throws IOException {
    new DataStore(pipeline).record(definition, output, content).ifPresent(written::add);
    written.add(definition);
  }

  private Found found(Path path, Optional<Tracked> recorded) throws IOException {
    var found = pipeline.workspace().find(path, recorded);
    if (found.isEmpty()) {
      throw new PipelineException(
          Files.exists(path, LinkOption.NOFOLLOW_LINKS)
              ? path + " is a link that points nowhere"
              : "output '%s' does not exist: %s".formatted(pipeline.shown(path), path));
    }
    requireNoRules(path, found.get());
    return found.get();
  }

  /// Rules inside of data would decide what the data is.
  static void requireNoRules(Path path, Found found) throws FileSystemException {
    var rules = found.files().flatMap(files -> files.find(DvcIgnore.FILE));
    if (rules.isPresent()) {
      throw new FileSystemException(
          path.resolve(rules.get()).toString(),
          null,
          ".dvcignore file should not be in collected dir path; write its rules into one above");
    }
  }

  /// Takes over one file or directory within a tracked directory; the rest of it stays as recorded,
  /// whatever the workspace has.
  private void addPart(DataSource directory, Path path) throws IOException {
    var content = DirectoryPart.of(pipeline, options, directory, path).store();
    if (content.isPresent()) {
      var merge = new VersionMerge(pipeline, directory.output());
      // The next part of the same directory is added to this, not to what was recorded before.
      var now = directory.withRecorded(merge.of(directory.recorded(), content.get()));
      record(directory.definition(), directory.output(), now.recorded());
      nodes.replaceAll(node -> node.equals(directory) ? now : node);
    }
  }
}
