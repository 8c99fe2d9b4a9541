package io.mlopscore.pipeline;

import io.mlopscore.pipeline.Workspace.Found;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// A file or directory within a directory that is data, as it is taken over alone.
///
/// @param path what is taken over; where nothing is, it goes from what is recorded
/// @param name the same within the directory, with `/`
record DirectoryPart(
    Pipeline pipeline, AddOptions options, DataSource directory, Path path, String name) {
  static DirectoryPart of(Pipeline pipeline, AddOptions options, DataSource directory, Path path) {
    var name = Workspace.posix(directory.output().file().relativize(path));
    return new DirectoryPart(pipeline, options, directory, path, name);
  }

  /// Stores the part and the listing of the directory with it.
  ///
  /// @return what the directory is to be recorded as; empty when it is recorded so already
  /// @throws PipelineException when there is no such part, or nobody knows what the rest is
  Optional<Tracked> store() throws IOException {
    var before = recorded();
    if (before.isLegacy()) {
      if (isPart(before)) {
        return Optional.empty();
      }
      before = pipeline.cache().renewed(before);
    }
    var files = new HashMap<>(before.files());
    boolean replaced = files.keySet().removeIf(this::isMeant);
    var found = pipeline.workspace().find(path);
    if (found.isEmpty() && !replaced) {
      throw new PipelineException(path + ": no such file, neither here nor in what is recorded");
    }
    if (found.isPresent()) {
      Addition.requireNoRules(path, found.get());
      files.putAll(inside(found.get()));
    }
    var listing = DirectoryListing.of(files);
    if (options.commit()) {
      if (found.isPresent()) {
        store(found.get());
      }
      pipeline.cache().add(listing);
    }
    long size = size(listing, found.filter(_ -> !replaced));
    return Optional.of(new Tracked(listing.hash(), size, files.size(), false));
  }

  private DirectoryListing recorded() throws IOException {
    var hash = directory.recorded().hash();
    var shown = pipeline.shown(directory.output());
    if (!hash.isDirectory()) {
      throw new PipelineException(
          "Cannot modify '%s' which is being tracked as a file".formatted(shown));
    }
    pipeline.cache().addListing(directory.recorded());
    if (!pipeline.cache().contains(hash)) {
      throw new PipelineException(
          "the cache lacks the listing of '%s'; `mlops fetch` may get it".formatted(shown));
    }
    return pipeline.cache().listing(hash);
  }

  /// Whether the part is as DVC 2 recorded it.
  private boolean isPart(DirectoryListing legacy) throws IOException {
    var files = new HashMap<>(legacy.files());
    files.keySet().removeIf(file -> !isMeant(file));
    var found = pipeline.workspace().find(path, true);
    return found.isPresent() && inside(found.get()).equals(files);
  }

  /// @param file within the directory
  private boolean isMeant(String file) {
    return file.equals(name) || file.startsWith(name + "/");
  }

  private Map<String, Hash> inside(Found found) {
    if (!found.isDirectory()) {
      return Map.of(name, found.content().hash());
    }
    var files = new HashMap<String, Hash>();
    var listed = found.listing().orElseThrow().files();
    listed.forEach((file, hash) -> files.put(name + "/" + file, hash));
    return files;
  }

  private void store(Found found) throws IOException {
    pipeline.outputs().store(path, found);
    if (options.relink()) {
      pipeline.outputs().relinkPart(path, found);
    }
  }

  /// Known only as far as nothing was replaced, as in DVC.
  private long size(DirectoryListing now, Optional<Found> appended) {
    var before = directory.recorded();
    if (before.hash().equals(now.hash())) {
      return before.size();
    }
    return appended.isPresent() && before.size() > 0
        ? before.size() + appended.get().content().size()
        : Tracked.UNKNOWN;
  }
}
