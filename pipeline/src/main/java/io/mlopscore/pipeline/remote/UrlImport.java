package io.mlopscore.pipeline.remote;

import io.mlopscore.pipeline.DataStore;
import io.mlopscore.pipeline.Md5;
import io.mlopscore.pipeline.Pipeline;
import io.mlopscore.pipeline.PipelineException;
import io.mlopscore.pipeline.WholeFile;
import io.mlopscore.pipeline.remote.UrlSource.Version;
import io.mlopscore.pipeline.yaml.JsonText;
import io.mlopscore.pipeline.yaml.Value;
import io.mlopscore.pipeline.yaml.Value.Bool;
import io.mlopscore.pipeline.yaml.Value.Items;
import io.mlopscore.pipeline.yaml.Value.Mapping;
import io.mlopscore.pipeline.yaml.YamlReader;
import io.mlopscore.pipeline.yaml.YamlWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Data taken over from a URL: a `*.dvc` file that knows where it came from.
public final class UrlImport {
  /// How much of an import is done at once.
  public enum Extent {
    /// Download, and record what came.
    ALL,
    /// Record what is there, without downloading.
    NO_DOWNLOAD,
    /// Record the URL alone.
    NO_EXEC
  }

  /// Left out of a stage's checksum, at any depth.
  private static final Set<String> UNCOUNTED =
      Set.of(
          "desc", "type", "labels", "meta", "locked", "frozen", "metric", "persist", "isexec",
          "size", "nfiles");

  private final Pipeline pipeline;
  private final Map<String, String> options;
  private final int jobs;
  private final Progress progress;

  /// @param options of the URL, by the names that remotes have for them
  /// @param jobs how many files to copy at a time
  public UrlImport(Pipeline pipeline, Map<String, String> options, int jobs, Progress progress) {
    this.pipeline = pipeline;
    this.options = Map.copyOf(options);
    this.jobs = jobs;
    this.progress = progress;
  }

  /// @param out where the data goes; empty for the URL's last name
  /// @param force replace what is there
  /// @return the `*.dvc` file
  public Path add(String url, String out, Extent extent, boolean force) throws IOException {
    var target = target(url, out, force);
    var definition = target.resolveSibling(target.getFileName() + ".dvc");
    var folder = target.resolve("..").normalize();
    if (!Files.isDirectory(folder)) {
      throw new PipelineException("%s: the folder %s does not exist".formatted(url, folder));
    }
    write(url, target, definition, extent);
    return definition;
  }

  private void write(String url, Path target, Path definition, Extent extent) throws IOException {
    var name = target.getFileName().toString();
    try (var source = open(url)) {
      switch (extent) {
        case NO_EXEC -> {
          pipeline.ignore(target);
          store(definition, document(definition, url, Mapping.EMPTY, out(name), false));
        }
        case NO_DOWNLOAD -> {
          var version = fields(source.version());
          pipeline.ignore(target);
          store(definition, document(definition, url, version, out(name), true));
        }
        case ALL -> {
          var version = fields(source.version());
          source.download(target, jobs, progress);
          new DataStore(pipeline).add(List.of(target));
          var tracked = (Mapping) outputs(YamlReader.mapping(definition)).getFirst();
          store(definition, document(definition, url, version, tracked, true));
        }
      }
    }
  }

  private Path target(String url, String out, boolean force) {
    var last = url.replaceFirst("[?#].*", "").replaceFirst("/+$", "").replaceFirst(".*/", "");
    var name = out.isEmpty() ? last : out;
    var target = pipeline.resolve(name);
    if (Files.isDirectory(target) && !out.isEmpty() && out.endsWith("/")) {
      target = target.resolve(last);
    }
    if (Files.exists(target) && !force) {
      throw new PipelineException(
          "The file '%s' already exists locally; --force replaces it"
              .formatted(pipeline.shown(target)));
    }
    return target;
  }

  private UrlSource open(String url) throws IOException {
    return UrlSource.open(pipeline.repository().config(), url, options, pipeline.directory());
  }

  /// Gets the data again if it changed where it came from.
  ///
  /// @return whether anything was written
  public boolean update(Path definition, Extent extent) throws IOException {
    if (!Files.exists(definition)) {
      throw new PipelineException("'%s' does not exist".formatted(pipeline.shown(definition)));
    }
    var document = YamlReader.mapping(definition);
    var dependency = dependency(document, definition);
    var url = YamlReader.text(dependency.get("path").orElse(Value.of("")));
    var name =
        YamlReader.text(((Mapping) outputs(document).getFirst()).get("path").orElse(Value.none()));
    var target = definition.resolveSibling(name);
    try (var source = open(url)) {
      var version = source.version();
      boolean same =
          dependency
              .get(version.key())
              .map(YamlReader::text)
              .filter(version.value()::equals)
              .isPresent();
      if (same && Files.exists(target)) {
        return false;
      }
    }
    write(url, target, definition, extent);
    return true;
  }

  private Mapping dependency(Mapping document, Path definition) {
    var dependencies = YamlReader.items(document.get("deps").orElse(Value.none())).values();
    if (dependencies.size() != 1
        || !(dependencies.getFirst() instanceof Mapping dependency)
        || dependency.get("repo").isPresent()) {
      throw new PipelineException(
          "'%s' is no import from a URL".formatted(pipeline.shown(definition)));
    }
    return dependency;
  }

  static List<Value> outputs(Mapping document) {
    return YamlReader.items(document.get("outs").orElse(Value.none())).values();
  }

  static Mapping out(String name) {
    return Mapping.EMPTY.with("hash", Value.of("md5")).with("path", Value.of(name));
  }

  private static Mapping fields(Version version) {
    var fields = Mapping.EMPTY.with(version.key(), Value.of(version.value()));
    fields = fields.with("size", Value.of(version.size()));
    return version.files() > 0 ? fields.with("nfiles", Value.of(version.files())) : fields;
  }

  /// What an existing file says beside, such as `desc` or `meta`, stays.
  private static Mapping document(
      Path definition, String url, Mapping version, Mapping out, boolean hashed)
      throws IOException {
    var dependency = version.with("hash", Value.of("md5")).with("path", Value.of(url));
    return document(definition, dependency, out, hashed);
  }

  /// As above, for any dependency.
  static Mapping document(Path definition, Mapping dependency, Mapping out, boolean hashed)
      throws IOException {
    var before = Files.exists(definition) ? YamlReader.mapping(definition) : Mapping.EMPTY;
    var stage =
        Mapping.EMPTY
            .with("deps", new Items(List.of(dependency)))
            .with("outs", new Items(List.of(out)));
    var document =
        before.get("desc").map(desc -> Mapping.EMPTY.with("desc", desc)).orElse(Mapping.EMPTY);
    if (hashed) {
      document = document.with("md5", Value.of(checksum(stage)));
    }
    document = document.with("frozen", before.get("frozen").orElse(new Bool(true)));
    for (var key : List.of("deps", "outs")) {
      document = document.with(key, stage.get(key).orElseThrow());
    }
    return before.get("meta").isPresent()
        ? document.with("meta", before.get("meta").get())
        : document;
  }

  static String checksum(Mapping stage) {
    return Md5.of(JsonText.of(counted(stage)).getBytes(StandardCharsets.US_ASCII));
  }

  private static Value counted(Value value) {
    return switch (value) {
      case Mapping mapping -> {
        var kept = new LinkedHashMap<Value, Value>();
        mapping
            .entries()
            .forEach(
                (key, child) -> {
                  if (!UNCOUNTED.contains(YamlReader.text(key))) {
                    kept.put(key, counted(child));
                  }
                });
        yield new Mapping(kept);
      }
      case Items(var values) -> new Items(values.stream().map(UrlImport::counted).toList());
      case Value other -> other;
    };
  }

  static void store(Path definition, Mapping document) throws IOException {
    WholeFile.write(definition, YamlWriter.document(document));
  }
}
