package io.mlopscore.pipeline;

import io.mlopscore.pipeline.yaml.JsonText;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Where a cloud versioned remote keeps content
/// (https://doc.dvc.org/user-guide/data-management/cloud-versioning).
public sealed interface Versions {
  /// Nothing is known: it was not pushed to such a remote.
  Versions NONE = new None();

  record None() implements Versions {}

  /// Of a file: `cloud`.
  record OfFile(CloudVersion version) implements Versions {}

  /// Of a directory: `files`, which stand for its listing too.
  ///
  /// @param files by POSIX path within the directory, in code point order
  record OfFiles(SortedMap<String, VersionedFile> files) implements Versions {
    public OfFiles {
      var sorted = new TreeMap<String, VersionedFile>(JsonText.BY_CODE_POINT);
      sorted.putAll(files);
      files = Collections.unmodifiableSortedMap(sorted);
    }

    public static OfFiles of(Map<String, VersionedFile> files) {
      return new OfFiles(new TreeMap<>(files));
    }

    /// As the files of a listing, of which nothing else is known.
    public static OfFiles of(DirectoryListing listing) {
      var files = new TreeMap<String, VersionedFile>();
      listing.files().forEach((path, hash) -> files.put(path, VersionedFile.of(hash)));
      return new OfFiles(files);
    }

    DirectoryListing listing(boolean legacy) {
      return DirectoryListing.of(
              files.entrySet().stream()
                  .collect(Collectors.toMap(Map.Entry::getKey, file -> file.getValue().hash())))
          .as(legacy);
    }

    /// Of those files whose size is known.
    long size() {
      return files.values().stream().mapToLong(file -> Math.max(0, file.size())).sum();
    }
  }
}
