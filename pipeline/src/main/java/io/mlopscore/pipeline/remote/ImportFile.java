package io.mlopscore.pipeline.remote;

import io.mlopscore.pipeline.ImportChecksum;
import io.mlopscore.pipeline.Pipeline;
import io.mlopscore.pipeline.PipelineException;
import io.mlopscore.pipeline.UrlContent;
import io.mlopscore.pipeline.WholeFile;
import io.mlopscore.pipeline.remote.SourceRepository.Address;
import io.mlopscore.pipeline.yaml.Value;
import io.mlopscore.pipeline.yaml.Value.Bool;
import io.mlopscore.pipeline.yaml.Value.Items;
import io.mlopscore.pipeline.yaml.Value.Mapping;
import io.mlopscore.pipeline.yaml.YamlReader;
import io.mlopscore.pipeline.yaml.YamlWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The `*.dvc` file of an import: where its data comes from, and what of it is here.
public sealed interface ImportFile {
  /// The file itself.
  Path definition();

  /// What it says under `outs`.
  Mapping out();

  /// What it says under `deps`.
  Mapping dependency();

  /// Where the data comes from, such as `data (../other)`.
  String source();

  /// Data of a URL.
  ///
  /// @param url a path goes from the folder of the file
  /// @param options of the URL, by the names that remotes have for them
  /// @param seen what the URL held when it was asked; empty when it was not
  record FromUrl(
      Path definition, Mapping out, String url, Map<String, String> options, Mapping seen)
      implements ImportFile {
    private static final String OPTIONS = "fs_config";

    public FromUrl {
      options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
    }

    private static FromUrl of(Path definition, Mapping out, Mapping dependency) {
      var options =
          dependency.get(OPTIONS).orElse(Value.none()) instanceof Mapping given
              ? SourceSettings.texts(given)
              : Map.<String, String>of();
      return new FromUrl(definition, out, field(dependency, "path"), options, dependency);
    }

    @Override
    public Mapping dependency() {
      var dependency = seen.with("hash", Value.of("md5")).with("path", Value.of(url));
      return options.isEmpty()
          ? dependency
          : dependency.with(OPTIONS, SourceSettings.mapping(options));
    }

    @Override
    public String source() {
      return url;
    }

    /// The same import of what the URL holds now.
    FromUrl holding(UrlContent version, Mapping here) {
      var now = Mapping.EMPTY.with(version.key(), Value.of(version.value()));
      now = now.with("size", Value.of(version.size()));
      now = version.files() > 0 ? now.with("nfiles", Value.of(version.files())) : now;
      return new FromUrl(definition, here, url, options, now);
    }

    /// Whether the URL held this when it was asked.
    boolean isStill(UrlContent version) {
      return seen.get(version.key())
          .map(YamlReader::text)
          .filter(version.value()::equals)
          .isPresent();
    }
  }

  /// Data of another repository.
  ///
  /// @param path in that repository
  /// @param commit whose state it has; empty when nobody looked yet, and without git
  record FromRepository(
      Path definition, Mapping out, Address address, String path, Optional<String> commit)
      implements ImportFile {
    private static FromRepository of(
        Path definition, Mapping out, Mapping dependency, Mapping repository) {
      var address =
          new Address(
              field(repository, "url"),
              repository.get("rev").map(YamlReader::text),
              SourceSettings.in(repository));
      var commit = repository.get("rev_lock").map(YamlReader::text);
      return new FromRepository(definition, out, address, field(dependency, "path"), commit);
    }

    @Override
    public Mapping dependency() {
      var repository = Mapping.EMPTY.with("url", Value.of(address.url()));
      if (address.revision().isPresent()) {
        repository = repository.with("rev", Value.of(address.revision().get()));
      }
      if (commit.isPresent()) {
        repository = repository.with("rev_lock", Value.of(commit.get()));
      }
      return Mapping.EMPTY
          .with("path", Value.of(path))
          .with("repo", address.settings().writtenTo(repository));
    }

    /// The repository at the commit that the file names, if it names one.
    Address state() {
      return new Address(address.url(), commit.or(address::revision), address.settings());
    }

    /// The same import of whatever is newest there.
    ///
    /// @param revision which it follows from now on; empty for the same as before
    FromRepository following(Optional<String> revision) {
      var next = new Address(address.url(), revision.or(address::revision), address.settings());
      return new FromRepository(definition, out, next, path, Optional.empty());
    }

    FromRepository holding(Optional<String> now, Mapping here) {
      return new FromRepository(definition, here, address, path, now);
    }

    @Override
    public String source() {
      return "%s (%s)".formatted(path, address.url());
    }
  }

  /// @throws PipelineException when there is no such file, or it is not of an import
  static ImportFile read(Pipeline pipeline, Path definition) throws IOException {
    if (!Files.exists(definition)) {
      throw new PipelineException("'%s' does not exist".formatted(pipeline.shown(definition)));
    }
    var document = YamlReader.mapping(definition);
    if (!(only(document, "deps") instanceof Mapping dependency
        && only(document, "outs") instanceof Mapping out)) {
      throw new PipelineException(
          "'%s' is no import: it does not name one source under 'deps' and one output under 'outs'%s"
              .formatted(pipeline.shown(definition), worktree(pipeline)));
    }
    return dependency.get("repo").orElse(Value.none()) instanceof Mapping repository
        ? FromRepository.of(definition, out, dependency, repository)
        : FromUrl.of(definition, out, dependency);
  }

  private static String worktree(Pipeline pipeline) {
    boolean any =
        pipeline.repository().config().remotes().values().stream()
            .anyMatch(remote -> "true".equalsIgnoreCase(remote.options().get("worktree")));
    return any ? "; what others changed in a worktree remote `dvc update` takes over" : "";
  }

  private static Value only(Mapping document, String key) {
    var items = YamlReader.items(document.get(key).orElse(Value.none())).values();
    return items.size() == 1 ? items.getFirst() : Value.none();
  }

  private static String field(Mapping mapping, String key) {
    return mapping.get(key).map(YamlReader::text).orElse("");
  }

  /// An output whose content nobody knows.
  static Mapping unknown(Path target) {
    var name = target.getFileName().toString();
    return Mapping.EMPTY.with("hash", Value.of("md5")).with("path", Value.of(name));
  }

  /// The output of the `*.dvc` file of added data.
  static Mapping added(Path definition) throws IOException {
    return (Mapping) only(YamlReader.mapping(definition), "outs");
  }

  /// Where the data goes.
  default Path target() {
    return definition().resolveSibling(field(out(), "path")).normalize();
  }

  /// Whether the file says which content there is here.
  default boolean isWhole() {
    return out().get("md5").isPresent() || out().get("files").isPresent();
  }

  /// Writes the file, with a checksum of what it says. What it said beside, such as `desc` or
  /// `meta`, stays.
  default void write() throws IOException {
    var stage = stage();
    write(Mapping.EMPTY.with("md5", Value.of(ImportChecksum.of(stage))), stage);
  }

  /// As above, without the checksum: nobody asked yet for what the source holds.
  default void writeUnasked() throws IOException {
    write(Mapping.EMPTY, stage());
  }

  private Mapping stage() {
    return Mapping.EMPTY
        .with("deps", new Items(List.of(dependency())))
        .with("outs", new Items(List.of(out())));
  }

  private void write(Mapping checksum, Mapping stage) throws IOException {
    var before = Files.exists(definition()) ? YamlReader.mapping(definition()) : Mapping.EMPTY;
    var all = new LinkedHashMap<Value, Value>();
    before.get("desc").ifPresent(desc -> all.put(Value.of("desc"), desc));
    all.putAll(checksum.entries());
    all.put(Value.of("frozen"), before.get("frozen").orElse(new Bool(true)));
    all.putAll(stage.entries());
    before.get("meta").ifPresent(meta -> all.put(Value.of("meta"), meta));
    WholeFile.write(definition(), YamlWriter.document(new Mapping(all)));
  }
}
