package io.mlopscore.pipeline;

import io.mlopscore.pipeline.yaml.Value;
import io.mlopscore.pipeline.yaml.Value.Bool;
import io.mlopscore.pipeline.yaml.Value.Items;
import io.mlopscore.pipeline.yaml.Value.Mapping;
import io.mlopscore.pipeline.yaml.YamlDocument;
import io.mlopscore.pipeline.yaml.YamlReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads and writes a `*.dvc` file: data that was added or imported, one output each.
final class DataFile {
  /// The keys of an output that describe its content.
  private static final Set<String> CONTENT =
      Set.of("md5", "size", "nfiles", "isexec", "hash", "cloud", "files");

  private DataFile() {}

  /// Reads the file; empty when it names neither content nor where that comes from.
  static Optional<Node> read(Repository repository, Path file) throws IOException {
    var name = repository.relative(file);
    var document = YamlReader.mapping(file);
    Shapes.DATA.require(document, file, name);
    if (!(document.get("outs").orElse(Value.none()) instanceof Items(var outs)
        && outs.size() == 1
        && outs.getFirst() instanceof Mapping out)) {
      throw new PipelineException(name + ": must have exactly one entry under 'outs'");
    }
    var source = source(document);
    boolean imported = source.filter(found -> found.get("repo").isPresent()).isPresent();
    boolean frozen = document.get("frozen").filter(new Bool(true)::equals).isPresent();
    if (LockText.hasContent(out)) {
      var output = output(document, out, file, !imported);
      var content = LockText.content(out, name);
      return Optional.of(new DataSource(file, name, output, content, frozen, imported));
    }
    var later = output(document, out, file, false);
    return source.map(from -> partial(document, file, name, later, from, frozen));
  }

  private static PartialImport partial(
      Mapping document, Path file, String name, Output output, Mapping source, boolean frozen) {
    var checksum =
        document
            .get("md5")
            .map(YamlReader::text)
            .filter(ImportChecksum.of(document)::equals)
            .map(Hash::new);
    return new PartialImport(
        file,
        name,
        output,
        shown(source),
        frozen,
        checksum,
        checksum.flatMap(of -> said(source, of)));
  }

  /// What a URL held: its MD5 if that is of the bytes. Where other tags tell, nobody knows the MD5,
  /// and the checksum of the import stands for it, which is the MD5 of no data.
  private static Optional<Tracked> said(Mapping source, Hash checksum) {
    var url = source.get("path").map(YamlReader::text).orElse("");
    boolean bytes = !url.contains("://") || url.startsWith("ssh://");
    if (source.get("repo").isPresent()) {
      return Optional.empty();
    }
    if (bytes && source.get("md5").isPresent()) {
      return Optional.of(LockText.content(source, url));
    }
    return Optional.of(new Tracked(checksum, Tracked.UNKNOWN, 0, false));
  }

  private static Output output(Mapping document, Mapping out, Path file, boolean ours) {
    var path = out.get("path").map(YamlReader::text).orElse("");
    var base =
        document
            .get("wdir")
            .map(wdir -> file.resolveSibling(YamlReader.text(wdir)))
            .orElse(file.resolveSibling(""));
    return new Output(
        path,
        base.resolve(path).normalize(),
        Output.Kind.OUT,
        !isFalse(out, "cache"),
        false,
        ours && !isFalse(out, "push"),
        out.get("remote").map(YamlReader::text));
  }

  /// Where an import comes from.
  private static Optional<Mapping> source(Mapping document) {
    return YamlReader.items(document.get("deps").orElse(Value.none())).values().stream()
        .filter(Mapping.class::isInstance)
        .map(Mapping.class::cast)
        .findFirst();
  }

  private static String shown(Mapping source) {
    var path = source.get("path").map(YamlReader::text).orElse("");
    return source.get("repo").orElse(Value.none()) instanceof Mapping repository
        ? "%s (%s)".formatted(path, repository.get("url").map(YamlReader::text).orElse(""))
        : path;
  }

  private static boolean isFalse(Mapping out, String key) {
    return out.get(key).filter(new Bool(false)::equals).isPresent();
  }

  private static Value out(Value document) {
    var outs = document instanceof Mapping mapping ? mapping.get("outs") : Optional.<Value>empty();
    var items = YamlReader.items(outs.orElse(Value.none())).values();
    return items.isEmpty() ? Value.none() : items.getFirst();
  }

  /// Records content by editing in place: what else an existing file says stays as it is, comments
  /// included.
  ///
  /// @return whether the file is another now
  static boolean write(Path file, String path, Tracked content) throws IOException {
    var document = YamlDocument.open(file);
    var changed = changed(document, path, content);
    boolean differs = !changed.text().equals(document.text());
    if (differs) {
      changed.write(file);
    }
    return differs;
  }

  /// The text that a file has when it records this content; nothing is written.
  static String text(Path file, String path, Tracked content) throws IOException {
    return changed(YamlDocument.open(file), path, content).text();
  }

  private static YamlDocument changed(YamlDocument document, String path, Tracked content) {
    return document.text().isBlank()
        ? document.set(YamlDocument.path("outs"), new Items(List.of(out(path, content))))
        : merged(document, content);
  }

  private static Mapping out(String path, Tracked content) {
    var out = new LinkedHashMap<>(fields(content));
    out.put(Value.of("path"), Value.of(path));
    return new Mapping(out);
  }

  private static Map<Value, Value> fields(Tracked content) {
    var fields = LockText.content(content);
    if (!content.hash().isLegacy()) {
      fields.put(LockText.HASH, Value.of("md5"));
    }
    return fields;
  }

  private static YamlDocument merged(YamlDocument document, Tracked content) {
    if (!(out(document.value()) instanceof Mapping before)) {
      throw new PipelineException(document.name() + ": must have an entry under 'outs'");
    }
    var wanted = new LinkedHashMap<>(before.entries());
    wanted.keySet().removeIf(key -> CONTENT.contains(YamlReader.text(key)));
    var out = new LinkedHashMap<Value, Value>();
    var fields = fields(content);
    before.entries().forEach((key, value) -> out.put(key, fields.getOrDefault(key, value)));
    out.keySet().removeIf(key -> !wanted.containsKey(key) && !fields.containsKey(key));
    fields.forEach(out::putIfAbsent);
    return merged(document, before, out);
  }

  /// Files that are listed may be many: they are changed all at once, and last.
  private static YamlDocument merged(
      YamlDocument document, Mapping before, Map<Value, Value> wanted) {
    var out = YamlDocument.path("outs", 0);
    var list = YamlDocument.path("outs", 0, VersionsText.FILES);
    if (!(wanted.get(Value.of(VersionsText.FILES)) instanceof Items files)) {
      return document.update(out, new Mapping(wanted));
    }
    var rest = new LinkedHashMap<>(wanted);
    var old = before.get(VersionsText.FILES);
    old.ifPresentOrElse(
        known -> rest.put(Value.of(VersionsText.FILES), known),
        () -> rest.remove(Value.of(VersionsText.FILES)));
    var changed = document.update(out, new Mapping(rest));
    return old.isPresent()
        ? changed.updateItems(list, files, VersionsText.PATH)
        : changed.set(list, files);
  }
}
