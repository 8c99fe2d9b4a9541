package io.mlopscore.pipeline.remote;

import io.mlopscore.pipeline.CloudVersion;
import io.mlopscore.pipeline.ContentCache;
import io.mlopscore.pipeline.Versions.OfFile;
import io.mlopscore.pipeline.Versions.OfFiles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Finds out of which files data consists, and which versions of them are recorded.
record PathFiles(ContentCache cache) {

  /// Files of a directory that nobody knows are not among them.
  List<PathFile> of(Collection<UsedData> used) throws IOException {
    var files = new LinkedHashSet<PathFile>();
    for (var data : used) {
      files.addAll(of(data));
    }
    return new ArrayList<>(files);
  }

  private List<PathFile> of(UsedData data) throws IOException {
    if (!data.isDirectory()) {
      return List.of(file(data));
    }
    var known = files(data);
    return known.isPresent() ? of(data, known.get()) : List.of();
  }

  private PathFile file(UsedData data) {
    var content = data.content();
    var version =
        content.versions() instanceof OfFile(var known)
            ? Optional.of(known)
            : Optional.<CloudVersion>empty();
    return new PathFile(data.path(), data.name(), content.hash(), version);
  }

  private List<PathFile> of(UsedData data, OfFiles known) {
    var files = new ArrayList<PathFile>();
    for (var file : known.files().entrySet()) {
      if (data.isPart(file.getKey())) {
        var path = data.path() + "/" + file.getKey();
        var name = data.name() + "/" + file.getKey();
        files.add(new PathFile(path, name, file.getValue().hash(), file.getValue().version()));
      }
    }
    return files;
  }

  /// All files of a directory; empty when neither the record nor the cache knows them.
  Optional<OfFiles> files(UsedData data) throws IOException {
    if (data.content().versions() instanceof OfFiles files) {
      return Optional.of(files);
    }
    var hash = data.content().hash();
    return cache.contains(hash) ? Optional.of(OfFiles.of(cache.listing(hash))) : Optional.empty();
  }

  /// The listings of directories whose files nobody knows.
  Set<StoredObject> unknown(Collection<UsedData> used) throws IOException {
    var unknown = new LinkedHashSet<StoredObject>();
    for (var data : used) {
      if (data.isDirectory() && files(data).isEmpty()) {
        unknown.add(data.object());
      }
    }
    return unknown;
  }
}
