package io.mlopscore.pipeline;

import io.mlopscore.pipeline.yaml.Value;
import io.mlopscore.pipeline.yaml.Value.Mapping;
import io.mlopscore.pipeline.yaml.YamlException;
import io.mlopscore.pipeline.yaml.YamlReader;
import io.mlopscore.pipeline.yaml.YamlWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// The text of a `dvc.lock` cut into one piece a stage, so that one stage can be replaced while all
/// other bytes stay.
///
/// @param head what comes before the first stage, up to the line `stages:`
/// @param stages the lines of each stage, its name among them; may be changed
/// @param tail top-level keys after the stages
record LockSegments(String head, SequencedMap<String, String> stages, String tail) {
  private static final String STAGES = "stages:\n";
  private static final String SCHEMA = "2.0";
  private static final String HEAD = "schema: '2.0'\n" + STAGES;

  /// Those of a file that is not there yet.
  static LockSegments none() {
    return new LockSegments(HEAD, new LinkedHashMap<>(), "");
  }

  /// Cuts text at its lines where it is laid out as `dvc` writes it; any other valid text is laid
  /// out anew.
  static LockSegments of(String text, Path file) throws IOException {
    if (text.isBlank()) {
      return none();
    }
    var cut = cut(text);
    if (cut.isPresent() && isValid(cut.get(), file)) {
      return cut.get();
    }
    return laidOut(YamlReader.read(text, file.toString()), file);
  }

  private static boolean isValid(LockSegments segments, Path file) throws IOException {
    if (segments.head.equals(HEAD) && segments.tail.isEmpty()) {
      return true;
    }
    try {
      var rest = YamlReader.read(segments.head + "  {}\n" + segments.tail, file.toString());
      check(rest, file);
      return true;
    } catch (YamlException _) {
      // The whole text is read next: it tells which line is wrong.
      return false;
    }
  }

  private static Optional<LockSegments> cut(String text) {
    int stages = text.startsWith(STAGES) ? 0 : text.indexOf("\n" + STAGES) + 1;
    if ((stages == 0 && !text.startsWith(STAGES)) || !text.endsWith("\n")) {
      return Optional.empty();
    }
    var pieces = new LinkedHashMap<String, String>();
    int at = stages + STAGES.length();
    while (at < text.length() && text.startsWith("  ", at)) {
      int end = endOfStage(text, at);
      var name = name(text.substring(at, text.indexOf('\n', at)));
      if (name.isEmpty() || pieces.put(name.get(), text.substring(at, end)) != null) {
        return Optional.empty();
      }
      at = end;
    }
    return Optional.of(
        new LockSegments(text.substring(0, stages + STAGES.length()), pieces, text.substring(at)));
  }

  /// The start of the next line that is indented by no more than a name.
  private static int endOfStage(String text, int start) {
    int at = text.indexOf('\n', start) + 1;
    while (at < text.length() && (text.startsWith("   ", at) || text.charAt(at) == '\n')) {
      at = text.indexOf('\n', at) + 1;
    }
    return at;
  }

  private static Optional<String> name(String line) {
    if (!line.endsWith(":") || line.startsWith("   ") || line.startsWith("  #")) {
      return Optional.empty();
    }
    try {
      return YamlReader.read(line.strip(), "a stage name") instanceof Mapping one
              && one.entries().size() == 1
          ? Optional.of(YamlReader.text(one.entries().keySet().iterator().next()))
          : Optional.empty();
    } catch (YamlException _) {
      return Optional.empty();
    }
  }

  private static LockSegments laidOut(Value document, Path file) throws IOException {
    if (!(document instanceof Mapping mapping)) {
      throw new PipelineException(file + ": must be a mapping, not " + document.typeName());
    }
    check(mapping, file);
    var head = new LinkedHashMap<>(mapping.entries());
    head.remove(Value.of("stages"));
    var pieces = new LinkedHashMap<String, String>();
    if (mapping.get("stages").orElse(Mapping.EMPTY) instanceof Mapping stages) {
      stages
          .entries()
          .forEach(
              (stage, entry) -> {
                var key = YamlReader.text(stage);
                pieces.put(key, piece(key, entry));
              });
    }
    return new LockSegments(YamlWriter.document(new Mapping(head)) + STAGES, pieces, "");
  }

  private static void check(Value document, Path file) throws IOException {
    var schema =
        document instanceof Mapping mapping
            ? mapping.get("schema").map(YamlReader::text)
            : Optional.<String>empty();
    if (!schema.equals(Optional.of(SCHEMA))) {
      throw new PipelineException(
          "%s: its schema is %s, only '2.0' is known; run `dvc repro` of DVC 3 on it once"
              .formatted(file, schema.orElse("missing")));
    }
    Shapes.LOCK.require(document, file, file.toString());
  }

  /// The lines of one stage as they stand under `stages:`.
  static String piece(String stage, Value entry) {
    var one = new Mapping(Map.of(Value.of(stage), entry));
    return YamlWriter.document(new Mapping(Map.of(Value.of("stages"), one)))
        .substring(STAGES.length());
  }

  /// Whether a stage has the same lines in both.
  boolean hasSame(String stage, LockSegments other) {
    var piece = stages.get(stage);
    return piece != null && piece.equals(other.stages.get(stage));
  }

  /// The entry of a stage that is there.
  Value entry(String stage, Path file) throws IOException {
    var text = HEAD + stages.get(stage);
    if (!(YamlReader.read(text, file + ": stages." + stage) instanceof Mapping document)) {
      return Value.none();
    }
    Shapes.LOCK.require(document, file, file.toString());
    return document.get("stages").orElse(Mapping.EMPTY) instanceof Mapping one
        ? one.entries().values().iterator().next()
        : Value.none();
  }
}
