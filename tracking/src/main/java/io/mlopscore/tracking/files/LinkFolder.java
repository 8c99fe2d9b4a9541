package io.mlopscore.tracking.files;

import java.nio.file.Path;
import java.util.Map;

/// What a run read or made, as the file store links it.
public record LinkFolder(Path folder) {
  /// What is linked: `DATASET`, `MODEL_INPUT` or `MODEL_OUTPUT`.
  public String kind() {
    var meta = MetaFile.in(folder);
    return switch (meta.textOr("source_type", "")) {
      case "DATASET" -> "DATASET";
      case "MODEL" -> "MODEL_INPUT";
      case String _ -> meta.textOr("destination_type", "");
    };
  }

  /// The id of the data set within its experiment, or of the logged model.
  public String target() {
    var end = kind().equals("MODEL_OUTPUT") ? "destination_id" : "source_id";
    return MetaFile.in(folder).required(end);
  }

  public long step() {
    return MetaFile.in(folder).wholeOr("step", 0);
  }

  public Map<String, String> tags() {
    return MetaFile.in(folder).texts("tags");
  }
}
