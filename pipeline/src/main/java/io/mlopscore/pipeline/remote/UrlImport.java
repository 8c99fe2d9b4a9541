package io.mlopscore.pipeline.remote;

import io.mlopscore.pipeline.DataStore;
import io.mlopscore.pipeline.ImportChecksum;
import io.mlopscore.pipeline.Pipeline;
import io.mlopscore.pipeline.PipelineException;
import io.mlopscore.pipeline.Tracked;
import io.mlopscore.pipeline.Trees;
import io.mlopscore.pipeline.UrlContent;
import io.mlopscore.pipeline.WholeFile;
import io.mlopscore.pipeline.yaml.Value;
import io.mlopscore.pipeline.yaml.Value.Bool;
import io.mlopscore.pipeline.yaml.Value.Items;
import io.mlopscore.pipeline.yaml.Value.Mapping;
import io.mlopscore.pipeline.yaml.YamlReader;
import io.mlopscore.pipeline.yaml.YamlWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Data taken over from a URL: a `*.dvc` file that knows where it came from.
public final class UrlImport {
  /// How many transfers go on at once unless somebody says otherwise.
  public static final int JOBS = 4 * Runtime.getRuntime().availableProcessors();

  /// How much of an import is done at once.
  public enum Extent {
    /// Download, and record what came.
    ALL,
    /// Record what is there, without downloading.
    NO_DOWNLOAD,
    /// Record the URL alone.
    NO_EXEC
  }

  private static final String FS_CONFIG = "fs_config";

  private final Pipeline pipeline;
  private final Map<String, String> options;
  private final int jobs;
  private final Progress progress;

  /// @param options of the URL, by the names that remotes have for them
  /// @param jobs how many files to copy at a time
  public UrlImport(Pipeline pipeline, Map<String, String> options, int jobs, Progress progress) {
    this.pipeline = pipeline;
    this.options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
    this.jobs = jobs;
    this.progress = progress;
  }

  /// @param out where the data goes; empty for the URL's last name
  /// @param force replace what is there
  /// @return the files that git should get
  public Set<Path> add(String url, String out, Extent extent, boolean force) throws IOException {
    var target = target(url, out, force);
    var definition = target.resolveSibling(target.getFileName() + ".dvc");
    var folder = target.resolve("..").normalize();
    if (!Files.isDirectory(folder)) {
      throw new PipelineException("%s: the folder %s does not exist".formatted(url, folder));
    }
    requireFree(pipeline, target, definition);
    return write(recorded(url, definition), options, target, definition, extent);
  }

  /// @param definition the `*.dvc` file that may have the path already
  /// @throws PipelineException when it is ignored, or something else writes there, around or in it
  static void requireFree(Pipeline pipeline, Path target, Path definition) throws IOException {
    pipeline.repository().requireNotIgnored(target);
    for (var node : pipeline.nodes()) {
      for (var output : node.outputs()) {
        boolean overlaps = target.startsWith(output.file()) || output.file().startsWith(target);
        if (overlaps && !node.definition().equals(definition)) {
          throw new PipelineException(
              "'%s' overlaps output '%s' of '%s'"
                  .formatted(pipeline.shown(target), pipeline.shown(output), pipeline.shown(node)));
        }
      }
    }
  }

  /// @return the files that git should get
  private Set<Path> write(
      String url, Map<String, String> with, Path target, Path definition, Extent extent)
      throws IOException {
    var name = target.getFileName().toString();
    var written = new LinkedHashSet<>(List.of(definition));
    try (var source = open(url, with, definition)) {
      switch (extent) {
        case NO_EXEC -> {
          pipeline.ignore(target).ifPresent(written::add);
          store(definition, document(definition, url, with, Mapping.EMPTY, out(name), false));
        }
        case NO_DOWNLOAD -> {
          var version = fields(source.version());
          pipeline.ignore(target).ifPresent(written::add);
          store(definition, document(definition, url, with, version, out(name), true));
        }
        case ALL -> {
          var version = fields(source.version());
          source.download(target, jobs, progress);
          written.addAll(new DataStore(pipeline).add(List.of(target)));
          var tracked = (Mapping) outputs(YamlReader.mapping(definition)).getFirst();
          store(definition, document(definition, url, with, version, tracked, true));
        }
      }
    }
    return written;
  }

  static String last(String url) {
    return url.replaceFirst("[?#].*", "").replaceFirst("/+$", "").replaceFirst(".*/", "");
  }

  Path target(String url, String out, boolean force) {
    var last = last(url);
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

  /// A path as its `*.dvc` file has it: from the folder of that file. Other URLs stay.
  String recorded(String url, Path definition) {
    boolean relative = !url.contains("://") && !Path.of(url).isAbsolute();
    var file = relative ? pipeline.resolve(url) : definition;
    return relative && Files.exists(file)
        ? definition.resolveSibling("").relativize(file).toString().replace('\\', '/')
        : url;
  }

  /// @param with options of the URL
  /// @param definition the `*.dvc` file, from whose folder paths go
  UrlSource open(String url, Map<String, String> with, Path definition) throws IOException {
    var config = pipeline.repository().config();
    return UrlSource.open(config, url, with, definition.resolveSibling(""));
  }

  /// Gets the data again if it changed where it came from.
  ///
  /// @return whether anything was written
  public boolean update(Path definition, Extent extent) throws IOException {
    var known = known(definition);
    try (var source = open(known.url(), known.options(), definition)) {
      if (known.isWhole() && known.isStill(source.version()) && Files.exists(known.target())) {
        return false;
      }
    }
    write(known.url(), known.options(), known.target(), definition, extent);
    return true;
  }

  /// Downloads what an import left for later.
  public void complete(Path definition) throws IOException {
    var known = known(definition);
    write(known.url(), known.options(), known.target(), definition, Extent.ALL);
  }

  /// Gets the data into the cache without recording it.
  ///
  /// @return what it is; empty when the URL holds something else than the file says, or nothing
  Optional<Tracked> keep(Path definition) throws IOException {
    var known = known(definition);
    var folder = Files.createTempDirectory("mlops-import");
    try (var source = open(known.url(), known.options(), definition)) {
      if (!known.isStill(source.version())) {
        return Optional.empty();
      }
      var copy = folder.resolve("data");
      source.download(copy, jobs, progress);
      return Optional.of(new DataStore(pipeline).keep(copy, Optional.empty()));
    } catch (NoSuchFileException _) {
      return Optional.empty();
    } finally {
      Trees.remove(folder);
    }
  }

  /// What a `*.dvc` file says.
  ///
  /// @param isWhole whether it says which content there is here
  record Known(String url, Mapping dependency, Path target, boolean isWhole) {
    /// The options of the URL.
    Map<String, String> options() {
      var options = new LinkedHashMap<String, String>();
      if (dependency.get(FS_CONFIG).orElse(Value.none()) instanceof Mapping given) {
        given
            .entries()
            .forEach((key, value) -> options.put(YamlReader.text(key), YamlReader.text(value)));
      }
      return options;
    }

    boolean isStill(UrlContent version) {
      return dependency
          .get(version.key())
          .map(YamlReader::text)
          .filter(version.value()::equals)
          .isPresent();
    }
  }

  Known known(Path definition) throws IOException {
    if (!Files.exists(definition)) {
      throw new PipelineException("'%s' does not exist".formatted(pipeline.shown(definition)));
    }
    var document = YamlReader.mapping(definition);
    var dependency = dependency(document, definition);
    var out = (Mapping) outputs(document).getFirst();
    return new Known(
        YamlReader.text(dependency.get("path").orElse(Value.of(""))),
        dependency,
        definition.resolveSibling(YamlReader.text(out.get("path").orElse(Value.none()))),
        out.get("md5").isPresent());
  }

  /// The `*.dvc` files below a folder whose data comes from elsewhere.
  public static List<Path> below(Pipeline pipeline, Path folder) throws IOException {
    var found = new ArrayList<Path>();
    for (var node : pipeline.nodes()) {
      var file = node.definition();
      if (file.startsWith(folder)
          && file.toString().endsWith(".dvc")
          && YamlReader.mapping(file).get("deps").isPresent()) {
        found.add(file);
      }
    }
    return found;
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

  static Mapping fields(UrlContent version) {
    var fields = Mapping.EMPTY.with(version.key(), Value.of(version.value()));
    fields = fields.with("size", Value.of(version.size()));
    return version.files() > 0 ? fields.with("nfiles", Value.of(version.files())) : fields;
  }

  /// What an existing file says beside, such as `desc` or `meta`, stays.
  static Mapping document(
      Path definition,
      String url,
      Map<String, String> with,
      Mapping version,
      Mapping out,
      boolean hashed)
      throws IOException {
    var dependency = version.with("hash", Value.of("md5")).with("path", Value.of(url));
    var options = Mapping.EMPTY;
    for (var option : with.entrySet()) {
      options = options.with(option.getKey(), Value.of(option.getValue()));
    }
    return document(
        definition, with.isEmpty() ? dependency : dependency.with(FS_CONFIG, options), out, hashed);
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
      document = document.with("md5", Value.of(ImportChecksum.of(stage)));
    }
    document = document.with("frozen", before.get("frozen").orElse(new Bool(true)));
    for (var key : List.of("deps", "outs")) {
      document = document.with(key, stage.get(key).orElseThrow());
    }
    return before.get("meta").isPresent()
        ? document.with("meta", before.get("meta").get())
        : document;
  }

  static void store(Path definition, Mapping document) throws IOException {
    WholeFile.write(definition, YamlWriter.document(document));
  }
}
