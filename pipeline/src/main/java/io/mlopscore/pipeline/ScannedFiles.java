package io.mlopscore.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The files that a walk through a directory found. They are put in order only for who asks, since
/// for a million of them that takes longer than the walk.
final class ScannedFiles {
  /// Some files of one directory.
  ///
  /// @param prefix its path within the scanned one, with `/` at the end; empty for that one
  /// @param size of the files together
  /// @param fingerprint of the files
  record Part(
      String prefix, List<String> names, List<Hash> hashes, long size, Fingerprint fingerprint) {}

  private final List<Part> parts;
  private final boolean hasLinks;
  private final boolean legacy;
  private @Nullable DirectoryListing listing;

  /// @param legacy whether the hashes are those of DVC 2
  ScannedFiles(List<Part> parts, boolean hasLinks, boolean legacy) {
    this.parts = new ArrayList<>(parts);
    this.hasLinks = hasLinks;
    this.legacy = legacy;
  }

  int count() {
    return parts.stream().mapToInt(part -> part.names.size()).sum();
  }

  long size() {
    return parts.stream().mapToLong(Part::size).sum();
  }

  /// Whether some files are symbolic links.
  boolean hasLinks() {
    return hasLinks;
  }

  /// Whether the hashes are those of DVC 2.
  boolean isLegacy() {
    return legacy;
  }

  Fingerprint fingerprint() {
    return parts.stream().map(Part::fingerprint).reduce(Fingerprint.NONE, Fingerprint::and);
  }

  /// The path of a file with this name, if there is one in any folder.
  Optional<String> find(String name) {
    return parts.stream()
        .filter(part -> part.names.contains(name))
        .map(part -> part.prefix + name)
        .findFirst();
  }

  /// Those files whose content is not among some others, in no order.
  List<Map.Entry<String, Hash>> without(Predicate<Hash> others) {
    var left = new ArrayList<Map.Entry<String, Hash>>();
    for (var part : parts) {
      for (int i = 0; i < part.names.size(); i++) {
        if (!others.test(part.hashes.get(i))) {
          left.add(Map.entry(part.prefix + part.names.get(i), part.hashes.get(i)));
        }
      }
    }
    return left;
  }

  /// Made when it is first asked for.
  synchronized DirectoryListing listing() {
    var made = listing;
    if (made == null) {
      var files = SortedFiles.of(without(_ -> false));
      made = new DirectoryListing(files, legacy);
      listing = made;
    }
    return made;
  }
}
