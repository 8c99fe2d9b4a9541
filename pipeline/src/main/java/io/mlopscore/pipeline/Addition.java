package io.mlopscore.pipeline;

import io.mlopscore.pipeline.Workspace.Found;
import io.mlopscore.pipeline.ignore.DvcIgnore;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
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
    record(definition, output, found.content());
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
    if (found.get().isDirectory()) {
      requireNoRules(path, found.get().listing().orElseThrow());
    }
    return found.get();
  }

  /// Rules inside of data would decide what the data is.
  private static void requireNoRules(Path path, DirectoryListing listing)
      throws FileSystemException {
    for (var file : listing.files().keySet()) {
      if (file.equals(DvcIgnore.FILE) || file.endsWith("/" + DvcIgnore.FILE)) {
        throw new FileSystemException(
            path.resolve(file).toString(),
            null,
            ".dvcignore file should not be in collected dir path; write its rules into one above");
      }
    }
  }

  /// Takes over one file or directory within a tracked directory; the rest of it stays as recorded,
  /// whatever the workspace has.
  private void addPart(DataSource directory, Path path) throws IOException {
    var recorded = directory.recorded();
    if (!recorded.hash().isDirectory()) {
      throw new PipelineException(
          "Cannot modify '%s' which is being tracked as a file"
              .formatted(pipeline.shown(directory.output())));
    }
    if (!pipeline.cache().contains(recorded.hash())) {
      throw new PipelineException(
          "the cache lacks the listing of '%s'; `mlops fetch` may get it"
              .formatted(pipeline.shown(directory.output())));
    }
    var part = Workspace.posix(directory.output().file().relativize(path));
    var before = pipeline.cache().listing(recorded.hash());
    if (before.isLegacy()) {
      if (isPart(before, part, path)) {
        return;
      }
      before = pipeline.cache().renewed(before);
    }
    var files = new HashMap<>(before.files());
    boolean replaced =
        files.keySet().removeIf(file -> file.equals(part) || file.startsWith(part + "/"));
    var found = pipeline.workspace().find(path);
    if (found.isEmpty() && !replaced) {
      throw new PipelineException(path + ": no such file, neither here nor in what is recorded");
    }
    if (found.isPresent()) {
      files.putAll(inside(part, found(path, Optional.empty())));
    }
    var listing = DirectoryListing.of(files);
    if (options.commit()) {
      if (found.isPresent()) {
        pipeline.outputs().store(path, found.get());
        if (options.relink()) {
          pipeline.outputs().relinkPart(path, found.get());
        }
      }
      pipeline.cache().add(listing);
    }
    long size = size(recorded, listing, found.filter(_ -> !replaced));
    var content = new Tracked(listing.hash(), size, files.size(), false);
    record(directory.definition(), directory.output(), content);
    // The next part of the same directory is added to this, not to what was recorded before.
    nodes.replaceAll(node -> node.equals(directory) ? directory.withRecorded(content) : node);
  }

  /// Whether a part is as DVC 2 recorded it.
  private boolean isPart(DirectoryListing recorded, String part, Path path) throws IOException {
    var files = new HashMap<>(recorded.files());
    files.keySet().removeIf(file -> !file.equals(part) && !file.startsWith(part + "/"));
    var found = pipeline.workspace().find(path, true);
    return found.isPresent() && inside(part, found.get()).equals(files);
  }

  private static Map<String, Hash> inside(String part, Found found) {
    if (!found.isDirectory()) {
      return Map.of(part, found.content().hash());
    }
    var files = new HashMap<String, Hash>();
    found
        .listing()
        .orElseThrow()
        .files()
        .forEach((file, hash) -> files.put(part + "/" + file, hash));
    return files;
  }

  /// Known only as far as nothing was replaced, as in DVC.
  private static long size(Tracked before, DirectoryListing now, Optional<Found> appended) {
    if (before.hash().equals(now.hash())) {
      return before.size();
    }
    return appended.isPresent() && before.size() > 0
        ? before.size() + appended.get().content().size()
        : Tracked.UNKNOWN;
  }

  /// Copies data to where it is to be tracked.
  ///
  /// @param source outside of what is tracked already
  /// @return where it is now
  static Path copy(Repository repository, Path source, Path destination, boolean force)
      throws IOException {
    var target =
        Files.isDirectory(destination) ? destination.resolve(source.getFileName()) : destination;
    repository.requireNotIgnored(target.normalize());
    if (!Files.exists(source)) {
      throw new NoSuchFileException(source.toString());
    }
    if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      if (!force) {
        throw new PipelineException(
            "the path '%s' exists already; to override it, re-run with '--force'"
                .formatted(target));
      }
      if (source.startsWith(target)) {
        throw new FileSystemException(target.toString(), null, "it holds what is to be copied");
      }
    }
    Staging.in(repository)
        .place(
            target,
            arriving -> {
              copyTree(source, arriving);
              Trees.remove(target);
            });
    return target;
  }

  private static void copyTree(Path source, Path target) throws IOException {
    try (var files = Files.walk(source)) {
      for (var file : (Iterable<Path>) files::iterator) {
        var copy = target.resolve(source.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(copy);
        } else {
          Files.createDirectories(copy.toAbsolutePath().resolveSibling(""));
          Files.copy(file, copy);
        }
      }
    }
  }
}
