package io.mlopscore.pipeline;

import io.mlopscore.pipeline.Checkout.Action;
import io.mlopscore.pipeline.Checkout.Entry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What a checkout of one output has to do. Files go by their path within a directory, a single
/// file by the empty path.
///
/// @param present what is there now; empty when nothing is
/// @param listing of a directory, what it should have; empty when the cache lacks it
/// @param missing whether the cache lacks something that is needed
/// @param lost files that would be dropped though the cache does not have them
record CheckoutPlan(
    Recorded recorded,
    Optional<Workspace.Found> present,
    Optional<DirectoryListing> listing,
    Map<String, Hash> added,
    Map<String, Hash> modified,
    Map<String, Hash> deleted,
    boolean missing,
    List<Path> lost) {

  static CheckoutPlan of(Recorded recorded, Workspace workspace, ContentCache cache)
      throws IOException {
    var content = recorded.content();
    var present = workspace.find(recorded.output().file(), content.hash().isLegacy());
    if (present.isPresent() && present.get().content().sameContent(content)) {
      return unchanged(recorded, present, Optional.empty(), false);
    }
    cache.addListing(content);
    if (!cache.contains(content.hash())) {
      return unchanged(recorded, present, Optional.empty(), true);
    }
    var listing =
        content.hash().isDirectory()
            ? Optional.of(cache.listing(content.hash()))
            : Optional.<DirectoryListing>empty();
    var now = present.map(CheckoutPlan::files).orElse(Map.of());
    var wanted = listing.<Map<String, Hash>>map(DirectoryListing::files);
    return compared(
        recorded, present, listing, now, wanted.orElse(Map.of("", content.hash())), cache);
  }

  private static CheckoutPlan unchanged(
      Recorded recorded,
      Optional<Workspace.Found> present,
      Optional<DirectoryListing> listing,
      boolean missing) {
    return new CheckoutPlan(
        recorded, present, listing, Map.of(), Map.of(), Map.of(), missing, List.of());
  }

  private static Map<String, Hash> files(Workspace.Found found) {
    return found
        .listing()
        .<Map<String, Hash>>map(DirectoryListing::files)
        .orElseGet(() -> Map.of("", found.content().hash()));
  }

  private static CheckoutPlan compared(
      Recorded recorded,
      Optional<Workspace.Found> present,
      Optional<DirectoryListing> listing,
      Map<String, Hash> now,
      Map<String, Hash> wanted,
      ContentCache cache)
      throws IOException {
    var added = new TreeMap<String, Hash>();
    var modified = new TreeMap<String, Hash>();
    var deleted = new TreeMap<String, Hash>();
    for (var file : wanted.entrySet()) {
      var there = now.get(file.getKey());
      if (recorded.means(file.getKey()) && !file.getValue().equals(there)) {
        (there == null ? added : modified).put(file.getKey(), file.getValue());
      }
    }
    now.forEach(
        (file, hash) -> {
          if (recorded.means(file) && !wanted.containsKey(file)) {
            deleted.put(file, hash);
          }
        });
    boolean complete = cache.containsAll(added.values()) && cache.containsAll(modified.values());
    var lost = new ArrayList<Path>();
    for (var file : now.entrySet()) {
      boolean goes = modified.containsKey(file.getKey()) || deleted.containsKey(file.getKey());
      if (goes && complete && !cache.contains(file.getValue())) {
        lost.add(at(recorded.output().file(), file.getKey()));
      }
    }
    return new CheckoutPlan(
        recorded, present, listing, added, modified, deleted, !complete, List.copyOf(lost));
  }

  private static Path at(Path top, String file) {
    return file.isEmpty() ? top : top.resolve(file);
  }

  Path file() {
    return recorded.output().file();
  }

  Tracked content() {
    return recorded.content();
  }

  boolean isWhole() {
    return recorded.part().isEmpty();
  }

  boolean isNew() {
    return present.isEmpty();
  }

  boolean isWanting() {
    return missing;
  }

  boolean isChange() {
    boolean emptyDirectory = isNew() && isWhole();
    return emptyDirectory || !(added.isEmpty() && modified.isEmpty() && deleted.isEmpty());
  }

  Entry entry(Action action) {
    return new Entry(
        file(),
        action,
        content().hash().isDirectory(),
        new Checkout.FileCount(added.size(), modified.size(), deleted.size()));
  }

  void apply(ContentCache cache) throws IOException {
    if (!isChange()) {
      return;
    }
    if (listing.isPresent() && isNew() && isWhole()) {
      Trees.remove(file());
      cache.checkout(listing.get(), file());
      return;
    }
    for (var old : deleted.keySet()) {
      Files.delete(at(file(), old));
    }
    if (listing.isPresent() && !Files.isDirectory(file())) {
      Files.deleteIfExists(file());
      Files.createDirectories(file());
    }
    place(cache, added);
    place(cache, modified);
  }

  private void place(ContentCache cache, Map<String, Hash> files) throws IOException {
    Parallel.local()
        .forEach(
            files.entrySet(),
            file ->
                cache.checkout(file.getValue(), at(file(), file.getKey()), content().executable()));
  }

  /// Holds every file in a way that `cache.type` allows.
  void relink(ContentCache cache) throws IOException {
    if (!Files.exists(file(), LinkOption.NOFOLLOW_LINKS) || !cache.contains(content().hash())) {
      return;
    }
    Map<String, Hash> files =
        content().hash().isDirectory()
            ? cache.listing(content().hash()).files()
            : Map.of("", content().hash());
    Parallel.local()
        .forEach(
            files.entrySet(),
            file -> {
              if (recorded.means(file.getKey()) && cache.contains(file.getValue())) {
                cache.relink(
                    file.getValue(), at(file(), file.getKey()), content().executable(), false);
              }
            });
  }
}
