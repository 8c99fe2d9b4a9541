package io.mlopscore.pipeline.yaml;

import io.mlopscore.pipeline.yaml.Value.Items;
import io.mlopscore.pipeline.yaml.Value.Mapping;
import io.mlopscore.pipeline.yaml.Value.Text;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.snakeyaml.engine.v2.api.ConstructNode;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.schema.Schema;

/// Reads one YAML document with the scalar types DVC would see.
///
/// Files are bounded in size, in aliases and in the size they expand to, so that a hostile file is
/// an error and not an exhausted heap.
public final class YamlReader {
  private static final int MAX_CHARACTERS = 64 << 20;
  private static final int MAX_ALIASES = 1000;
  private static final String CONFLICT = "<<<<<<<";

  /// A resolver that leaves every plain scalar to [PlainScalar], marked by a tag of its own.
  private static final ScalarResolver PLAIN =
      (text, implicit) -> implicit ? NodeValues.PLAIN : Tag.STR;

  private YamlReader() {}

  /// Reads a file; an empty file is an empty mapping.
  ///
  /// @throws YamlException when it is not valid YAML or its top level is not a mapping
  public static Mapping mapping(Path file) throws IOException {
    return switch (read(file)) {
      case Mapping mapping -> mapping;
      case Value.Null() -> Mapping.EMPTY;
      case Value other ->
          throw new YamlException(
              "%s: the top level must be a mapping, not %s".formatted(file, other.typeName()));
    };
  }

  /// Reads a file of any shape.
  public static Value read(Path file) throws IOException {
    return read(characters(file), file.toString());
  }

  /// The text of a file.
  ///
  /// @throws YamlException when it is not UTF-8
  public static String characters(Path file) throws IOException {
    if (Files.size(file) > MAX_CHARACTERS) {
      throw new YamlException(file + ": larger than 64 MiB, which no such file should be");
    }
    try {
      return Files.readString(file);
    } catch (CharacterCodingException e) {
      throw new YamlException(file + ": not UTF-8 text", e);
    }
  }

  /// Reads text; `name` stands for it in messages.
  public static Value read(String text, String name) {
    var plain = PlainDocument.read(text);
    return plain.isPresent() ? plain.get() : parse(text, name);
  }

  /// Reads text with the whole parser.
  static Value parse(String text, String name) {
    try {
      var document = new Compose(settings(text, name)).composeString(text);
      return document.map(node -> new NodeValues(name).value(node)).orElse(Value.none());
    } catch (MarkedYamlEngineException e) {
      var place = e.getProblemMark().map(YamlReader::place).orElse("");
      throw new YamlException("%s%s: %s%s".formatted(name, place, said(e), conflict(text)), e);
    } catch (YamlEngineException e) {
      throw new YamlException(name + ": " + e.getMessage(), e);
    } catch (StackOverflowError e) {
      throw new YamlException(name + ": nested too deeply", e);
    }
  }

  private static String place(Mark mark) {
    return ":" + (mark.getLine() + 1) + ":" + (mark.getColumn() + 1);
  }

  private static String conflict(String text) {
    return text.startsWith(CONFLICT) || text.contains("\n" + CONFLICT)
        ? "; possible merge conflicts: resolve what stands between " + CONFLICT + " and >>>>>>>"
        : "";
  }

  private static String said(MarkedYamlEngineException e) {
    var problem = e.getProblem();
    return problem == null ? "not valid YAML" : problem;
  }

  /// The whole text is read at once: a long scalar would else be copied again for each kilobyte.
  private static LoadSettings settings(String text, String name) {
    return LoadSettings.builder()
        .setLabel(name)
        .setBufferSize(bufferSize(text))
        .setCodePointLimit(MAX_CHARACTERS)
        .setMaxAliasesForCollections(MAX_ALIASES)
        .setSchema(new PlainSchema())
        .build();
  }

  static int bufferSize(String text) {
    return Math.clamp(text.length() + 1L, 64, 4 << 20);
  }

  private record PlainSchema() implements Schema {
    @Override
    public ScalarResolver getScalarResolver() {
      return PLAIN;
    }

    @Override
    public Map<Tag, ConstructNode> getSchemaTagConstructors() {
      return Map.of();
    }
  }

  /// The values of a list, or nothing.
  public static Items items(Value value) {
    return value instanceof Items items ? items : new Items(java.util.List.of());
  }

  /// The text of a string, or what it would be written as.
  public static String text(Value value) {
    return value instanceof Text(var text) ? text : YamlWriter.scalar(value);
  }
}
