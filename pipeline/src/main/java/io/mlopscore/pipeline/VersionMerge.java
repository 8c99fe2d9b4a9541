package io.mlopscore.pipeline;

import java.io.File;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What of the recorded versions of data still holds when other content is recorded for it: that
/// of files which did not change.
record VersionMerge(Pipeline pipeline, Output output) {

  Tracked of(Tracked before, Tracked now) throws IOException {
    return switch (before.versions()) {
      case Versions.None() -> now;
      case Versions.OfFile _ -> now.orAsBefore(Optional.of(before));
      case Versions.OfFiles files -> now.hash().isDirectory() ? merged(files, now) : now;
    };
  }

  /// A directory whose files are listed once stays so.
  private Tracked merged(Versions.OfFiles before, Tracked now) throws IOException {
    var files = new TreeMap<String, VersionedFile>();
    for (var file : listing(now).files().entrySet()) {
      var known = before.files().get(file.getKey());
      boolean same = known != null && known.hash().equals(file.getValue());
      files.put(file.getKey(), same ? known : found(file));
    }
    return now.with(new Versions.OfFiles(files));
  }

  /// With `--no-commit` the cache need not have it.
  private DirectoryListing listing(Tracked now) throws IOException {
    var hash = now.hash();
    return pipeline.cache().contains(hash)
        ? pipeline.cache().listing(hash)
        : pipeline.workspace().scan(output.file(), hash.isLegacy()).listing();
  }

  private VersionedFile found(Map.Entry<String, Hash> file) {
    File there = output.file().resolve(file.getKey()).toFile();
    return new VersionedFile(file.getValue(), there.length(), there.canExecute(), Optional.empty());
  }
}
