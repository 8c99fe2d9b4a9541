package io.mlopscore.tracking.files;

import io.mlopscore.tracking.Dataset;
import java.nio.file.Path;

/// One data set of an experiment of a file store.
public record DatasetFolder(Path folder) {
  /// The id under which runs name it.
  public String id() {
    return folder.getFileName().toString();
  }

  public Dataset dataset() {
    var meta = MetaFile.in(folder);
    return new Dataset(
        meta.required("name"),
        meta.required("digest"),
        meta.required("source_type"),
        meta.required("source"),
        meta.textOrNull("schema"),
        meta.textOrNull("profile"));
  }
}
