package io.mlopscore.pipeline;

import io.mlopscore.pipeline.yaml.Value;
import io.mlopscore.pipeline.yaml.Value.Bool;
import io.mlopscore.pipeline.yaml.Value.Items;
import io.mlopscore.pipeline.yaml.Value.Mapping;
import io.mlopscore.pipeline.yaml.YamlReader;
import io.mlopscore.pipeline.yaml.YamlWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads and writes a `*.dvc` file: data that was added by hand, one output each.
final class DataFile {
  /// The keys of an output that describe its content.
  private static final Set<String> CONTENT = Set.of("md5", "size", "nfiles", "isexec");

  private DataFile() {}

  /// Reads the file; empty when it is an import whose data was never downloaded.
  static Optional<DataSource> read(Repository repository, Path file) throws IOException {
    var name = repository.relative(file);
    var document = YamlReader.mapping(file);
    Shapes.DATA.require(document, file, name);
    if (!(document.get("outs").orElse(Value.none()) instanceof Items(var outs)
        && outs.size() == 1
        && outs.getFirst() instanceof Mapping out)) {
      throw new PipelineException(name + ": must have exactly one entry under 'outs'");
    }
    if (out.get("md5").isEmpty()) {
      return Optional.empty();
    }
    var path = out.get("path").map(YamlReader::text).orElse("");
    var base =
        document
            .get("wdir")
            .map(wdir -> file.resolveSibling(YamlReader.text(wdir)))
            .orElse(file.resolveSibling(""));
    var output =
        new Output(
            path,
            base.resolve(path).normalize(),
            Output.Kind.OUT,
            !isFalse(out, "cache"),
            false,
            !isFalse(out, "push"),
            out.get("remote").map(YamlReader::text));
    boolean frozen = document.get("frozen").filter(new Bool(true)::equals).isPresent();
    return Optional.of(new DataSource(file, name, output, LockText.content(out, name), frozen));
  }

  private static boolean isFalse(Mapping out, String key) {
    return out.get(key).filter(new Bool(false)::equals).isPresent();
  }

  /// Records content; what else an existing file says, such as `desc` or `meta`, is kept.
  static void write(Path file, String path, Tracked content) throws IOException {
    var document = Files.exists(file) ? YamlReader.mapping(file) : Mapping.EMPTY;
    var changed = document.with("outs", new Items(List.of(out(document, path, content))));
    if (changed.same(document)) {
      return;
    }
    var temporary = file.resolveSibling("." + file.getFileName() + ".tmp");
    Files.writeString(temporary, YamlWriter.document(changed));
    Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private static Mapping out(Mapping document, String path, Tracked content) {
    var out = new LinkedHashMap<>(LockText.content(content));
    out.put(Value.of("hash"), Value.of("md5"));
    out.put(Value.of("path"), Value.of(path));
    if (YamlReader.items(document.get("outs").orElse(Value.none())).values().stream()
            .findFirst()
            .orElse(Value.none())
        instanceof Mapping before) {
      before.entries().forEach((key, value) -> keep(out, key, value));
    }
    return new Mapping(out);
  }

  private static void keep(Map<Value, Value> out, Value key, Value value) {
    if (!CONTENT.contains(YamlReader.text(key))) {
      out.putIfAbsent(key, value);
    }
  }
}
