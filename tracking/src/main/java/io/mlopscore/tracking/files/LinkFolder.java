package io.mlopscore.tracking.files;

import java.nio.file.Path;
import java.util.Map;

/// What a run read or made, as the file store links it.
public record LinkFolder(Path folder) {
  /// What is linked: `DATASET`, `MODEL_INPUT` or `MODEL_OUTPUT`.
  public String kind() {
    var meta = MetaFile.in(folder);
    var source = meta.textOr("source_type", "");
    return source.equals("DATASET") ? source : meta.textOr("destination_type", "");
  }

  /// The id of the data set within its experiment, or of the logged model.
  public String target() {
    var meta = MetaFile.in(folder);
    return kind().equals("DATASET") ? meta.required("source_id") : meta.required("destination_id");
  }

  public long step() {
    return MetaFile.in(folder).wholeOr("step", 0);
  }

  public Map<String, String> tags() {
    return MetaFile.in(folder).texts("tags");
  }
}
