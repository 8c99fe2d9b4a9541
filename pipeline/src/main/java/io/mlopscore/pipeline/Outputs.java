package io.mlopscore.pipeline;

import io.mlopscore.pipeline.Workspace.Found;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/// Moves contents between the workspace and the cache.
final class Outputs {
  private final Workspace workspace;
  private final ContentCache cache;
  private final PlacedOutputs placed;
  private final Path heldFile;

  /// @param heldFile see [HeldObjects]
  Outputs(Workspace workspace, ContentCache cache, PlacedOutputs placed, Path heldFile) {
    this.heldFile = heldFile;
    this.workspace = workspace;
    this.cache = cache;
    this.placed = placed;
  }

  /// Stores what is at a path; of a directory first the files, then the listing.
  void store(Path path, Tracked content) throws IOException {
    var files =
        content.hash().isDirectory()
            ? Optional.of(workspace.scan(path, content.hash().isLegacy()))
            : Optional.<ScannedFiles>empty();
    store(path, new Found(content, files));
  }

  /// As above, for what has just been found there.
  void store(Path path, Found found) throws IOException {
    if (found.files().isPresent()) {
      store(path, found.files().get());
    } else {
      add(path, found.content().hash());
    }
  }

  private void store(Path directory, ScannedFiles files) throws IOException {
    boolean few = files.count() <= HeldDirectories.FEW_FILES;
    if (few || files.isLegacy() || cache.mayBeShared()) {
      add(directory, files.listing().files().entrySet());
    } else {
      addMany(directory, files);
    }
    cache.add(workspace.hash(files), files::listing);
  }

  private void add(Path directory, Collection<Map.Entry<String, Hash>> files) throws IOException {
    Parallel.local().forEach(files, file -> add(directory.resolve(file.getKey()), file.getValue()));
  }

  /// Leaves out what the cache is known to hold. Not where its objects are in the workspace, too:
  /// someone may have written into one there.
  private void addMany(Path directory, ScannedFiles found) throws IOException {
    var held = HeldObjects.open(heldFile, cache.folders().states());
    var files = found.without(held::has);
    add(directory, files);
    files.forEach(file -> held.add(file.getValue()));
    held.save();
  }

  private void add(Path file, Hash hash) throws IOException {
    cache.add(file, hash, path -> workspace.isKnown(path, hash));
  }

  /// Holds what was just stored in the way that `cache.type` prefers; links that were followed
  /// become files of their own where copies are preferred.
  void relink(Path path, Found found) throws IOException {
    placed.add(path, found.content().hash());
    relinkFiles(path, found);
  }

  /// As above, for a part of a directory that is an output.
  void relinkPart(Path path, Found found) throws IOException {
    relinkFiles(path, found);
  }

  private void relinkFiles(Path path, Found found) throws IOException {
    if (!found.isDirectory()) {
      if (cache.isShared() || Files.isSymbolicLink(path)) {
        cache.relink(found.content().hash(), path, found.content().executable(), true);
      }
    } else if (cache.isShared() || found.hasLinks()) {
      Parallel.local()
          .forEach(
              found.listing().orElseThrow().files().entrySet(),
              file -> cache.relink(file.getValue(), path.resolve(file.getKey()), false, true));
    }
  }

  /// As above, for an output of which only the content is known.
  void relink(Path path, Tracked content) throws IOException {
    placed.add(path, content.hash());
    if (cache.isShared()) {
      relinkFiles(path, workspace.find(path, content.hash().isLegacy()).orElseThrow());
    }
  }

  /// Makes a path hold `content`, which the cache has; files that are right already stay.
  void restore(Path path, Tracked content) throws IOException {
    placed.add(path, content.hash());
    if (!content.hash().isDirectory()) {
      cache.checkout(content.hash(), path, content.executable());
      return;
    }
    var wanted = cache.listing(content.hash());
    if (Files.isDirectory(path)) {
      update(path, wanted);
    } else {
      Trees.remove(path);
      cache.checkout(wanted, path);
    }
  }

  private void update(Path path, DirectoryListing listing) throws IOException {
    var wanted = listing.files();
    var present = workspace.filesIn(path, listing.isLegacy());
    for (var file : present.keySet()) {
      if (!wanted.containsKey(file)) {
        Files.delete(path.resolve(file));
      }
    }
    Parallel.local()
        .forEach(
            wanted.entrySet(),
            file -> {
              if (!file.getValue().equals(present.get(file.getKey()))) {
                cache.checkout(file.getValue(), path.resolve(file.getKey()), false);
              }
            });
  }

  /// Clears the way for a run: outputs go, except those that persist between runs.
  static void clear(Stage stage) throws IOException {
    for (var output : stage.outputs()) {
      if (!output.persist()) {
        Trees.remove(output.file());
      } else if (Files.exists(output.file())) {
        Unprotect.at(output.file());
      }
      var folder = output.file().getParent();
      if (folder != null && !Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
        Files.createDirectories(folder);
      }
    }
  }
}
