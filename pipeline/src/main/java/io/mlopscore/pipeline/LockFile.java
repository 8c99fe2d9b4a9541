package io.mlopscore.pipeline;

import io.mlopscore.pipeline.yaml.Value;
import io.mlopscore.pipeline.yaml.Value.Mapping;
import io.mlopscore.pipeline.yaml.YamlReader;
import io.mlopscore.pipeline.yaml.YamlWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/// A `dvc.lock`: what each stage of the `dvc.yaml` beside it last read and wrote.
///
/// Stages that are not touched keep their entries as they are, keys we do not know included.
public record LockFile(Path file, Mapping document) {
  private static final String SCHEMA = "2.0";

  /// Reads the file; an absent one has no entries.
  public static LockFile read(Path file) throws IOException {
    if (!Files.exists(file)) {
      return new LockFile(file, Mapping.EMPTY);
    }
    var document = YamlReader.mapping(file);
    var schema = document.get("schema").map(YamlReader::text);
    if (!document.entries().isEmpty() && !schema.equals(Optional.of(SCHEMA))) {
      throw new PipelineException(
          "%s: its schema is %s, only '2.0' is known; run `dvc repro` of DVC 3 on it once"
              .formatted(file, schema.orElse("missing")));
    }
    Shapes.LOCK.require(document, file, file.toString());
    return new LockFile(file, document);
  }

  public Optional<LockEntry> entry(Stage stage) {
    return stages()
        .get(stage.name())
        .map(value -> LockText.read(value, file + ": stages." + stage.name()));
  }

  /// The same file with one entry replaced where it stood, or added at the end.
  LockFile with(Stage stage, LockEntry entry) {
    var stages = stages().with(stage.name(), LockText.write(entry));
    var schema = document.with("schema", Value.of(SCHEMA));
    return new LockFile(file, schema.with("stages", stages));
  }

  /// Writes the file in one step, so that who reads it meanwhile sees the old or the new text.
  void write() throws IOException {
    var temporary = file.resolveSibling(".dvc.lock." + ProcessHandle.current().pid() + ".tmp");
    try {
      Files.writeString(temporary, YamlWriter.document(document));
      Files.move(
          temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  private Mapping stages() {
    return document.get("stages").orElse(Mapping.EMPTY) instanceof Mapping stages
        ? stages
        : Mapping.EMPTY;
  }
}
