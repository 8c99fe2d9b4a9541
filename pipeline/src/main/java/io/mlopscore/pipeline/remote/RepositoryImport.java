package io.mlopscore.pipeline.remote;

import io.mlopscore.pipeline.DataStore;
import io.mlopscore.pipeline.Pipeline;
import io.mlopscore.pipeline.PipelineException;
import io.mlopscore.pipeline.Tracked;
import io.mlopscore.pipeline.Trees;
import io.mlopscore.pipeline.remote.SourceRepository.Address;
import io.mlopscore.pipeline.remote.UrlImport.Extent;
import io.mlopscore.pipeline.yaml.Value;
import io.mlopscore.pipeline.yaml.Value.Items;
import io.mlopscore.pipeline.yaml.Value.Mapping;
import io.mlopscore.pipeline.yaml.YamlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// Data taken over from another repository: a `*.dvc` file that knows the repository, the path in
/// it and the commit.
public final class RepositoryImport {
  /// Hears what is imported.
  public interface Listener {
    void importing(String path, String url, Path target);
  }

  private final Pipeline pipeline;
  private final OptionalInt jobs;
  private final Progress progress;
  private final Listener listener;

  /// @param jobs how many files to fetch at a time; empty for what the remote's settings say
  public RepositoryImport(
      Pipeline pipeline, OptionalInt jobs, Progress progress, Listener listener) {
    this.pipeline = pipeline;
    this.jobs = jobs;
    this.progress = progress;
    this.listener = listener;
  }

  /// @param path in the other repository
  /// @param out where the data goes; empty for the last part of `path`
  /// @param force replace what is there
  /// @return the files that git should get
  public Set<Path> add(Address from, String path, String out, Extent extent, boolean force)
      throws IOException {
    var target = target(pipeline.directory(), path, out, force);
    var definition = target.resolveSibling(target.getFileName() + ".dvc");
    if (!Files.isDirectory(target.resolve("..").normalize())) {
      throw new PipelineException("the folder of '%s' does not exist".formatted(target));
    }
    UrlImport.requireFree(pipeline, target, definition);
    return write(from, Optional.empty(), path, target, definition, extent);
  }

  /// Where a copy goes: to `out`, or into it if that is a folder.
  ///
  /// @throws PipelineException when something is there and is not to be replaced
  public static Path target(Path here, String path, String out, boolean force) {
    var last = Path.of("/").resolve(path).normalize().getFileName();
    if (last == null) {
      throw new PipelineException("'%s' has no name to call the copy by".formatted(path));
    }
    var target = here.resolve(out.isEmpty() ? last.toString() : out).normalize();
    if (!out.isEmpty() && Files.isDirectory(target)) {
      target = target.resolve(last.toString());
    }
    var name = String.valueOf(target.getFileName());
    if (name.endsWith(".dvc") || name.equals("dvc.yaml")) {
      throw new PipelineException(
          "'%s' is a file of definitions; name the data instead".formatted(path));
    }
    if (Files.exists(target) && !force) {
      throw new PipelineException(
          "The %s '%s' already exists locally; --force replaces it"
              .formatted(Files.isDirectory(target) ? "directory" : "file", name));
    }
    return target;
  }

  /// @param commit the state to take; empty for what the address means now
  /// @return the files that git should get
  private Set<Path> write(
      Address from,
      Optional<String> commit,
      String path,
      Path target,
      Path definition,
      Extent extent)
      throws IOException {
    var name = target.getFileName().toString();
    var written = new LinkedHashSet<>(List.of(definition));
    if (extent == Extent.NO_EXEC) {
      pipeline.ignore(target).ifPresent(written::add);
      var dependency = dependency(from, path, Optional.empty());
      store(definition, dependency, UrlImport.out(name), false);
      return written;
    }
    listener.importing(path, from.url(), target);
    var cacheRoot = Optional.of(pipeline.repository().cacheRoot());
    var state = new Address(from.url(), commit.or(from::revision), from.settings());
    try (var source =
        SourceRepository.open(state, pipeline.directory(), cacheRoot, jobs, progress)) {
      source.entry(path);
      var out = UrlImport.out(name);
      if (extent == Extent.ALL) {
        source.copy(path, target);
        written.addAll(new DataStore(pipeline).add(List.of(target)));
        out = (Mapping) UrlImport.outputs(YamlReader.mapping(definition)).getFirst();
      } else {
        pipeline.ignore(target).ifPresent(written::add);
      }
      store(definition, dependency(from, path, source.commit()), out, true);
    }
    return written;
  }

  private static Mapping dependency(Address from, String path, Optional<String> commit) {
    var repository = Mapping.EMPTY.with("url", Value.of(from.url()));
    if (from.revision().isPresent()) {
      repository = repository.with("rev", Value.of(from.revision().get()));
    }
    if (commit.isPresent()) {
      repository = repository.with("rev_lock", Value.of(commit.get()));
    }
    return Mapping.EMPTY
        .with("path", Value.of(path))
        .with("repo", from.settings().writtenTo(repository));
  }

  private static void store(Path definition, Mapping dependency, Mapping out, boolean hashed)
      throws IOException {
    UrlImport.store(definition, UrlImport.document(definition, dependency, out, hashed));
  }

  /// Whether a `*.dvc` file is of an import from a repository.
  public static boolean isOne(Path definition) throws IOException {
    return Files.exists(definition) && repository(YamlReader.mapping(definition)).isPresent();
  }

  private static Optional<Mapping> repository(Mapping document) {
    var dependencies = YamlReader.items(document.get("deps").orElse(Value.none())).values();
    return dependencies.size() == 1
            && dependencies.getFirst() instanceof Mapping dependency
            && dependency.get("repo").orElse(Value.none()) instanceof Mapping repository
        ? Optional.of(repository)
        : Optional.empty();
  }

  private static Address address(Mapping repository) {
    return new Address(
        YamlReader.text(repository.get("url").orElse(Value.of(""))),
        repository.get("rev").map(YamlReader::text),
        SourceSettings.in(repository));
  }

  /// Gets the data that an import recorded into the cache.
  ///
  /// @throws PipelineException when the other repository has something else there
  void fetch(Path definition, Tracked recorded) throws IOException {
    if (!keep(definition, Optional.of(recorded)).hash().equals(recorded.hash())) {
      var document = YamlReader.mapping(definition);
      throw new PipelineException(
          "'%s' of '%s' is not what was imported"
              .formatted(path(document), address(repository(document).orElseThrow()).url()));
    }
  }

  /// Gets what the other repository had at the commit that the file names into the cache.
  ///
  /// @param recorded what it is known to be; empty when nobody saw it yet
  Tracked keep(Path definition, Optional<Tracked> recorded) throws IOException {
    var document = YamlReader.mapping(definition);
    var repository = repository(document).orElseThrow();
    var known = address(repository);
    var locked = repository.get("rev_lock").map(YamlReader::text).or(known::revision);
    var from = new Address(known.url(), locked, known.settings());
    var cacheRoot = Optional.of(pipeline.repository().cacheRoot());
    var folder = Files.createTempDirectory("mlops-import");
    try (var source =
        SourceRepository.open(from, pipeline.directory(), cacheRoot, jobs, progress)) {
      var copy = folder.resolve("data");
      source.copy(path(document), copy);
      return new DataStore(pipeline).keep(copy, recorded);
    } finally {
      Trees.remove(folder);
    }
  }

  private static String path(Mapping document) {
    var dependency = (Mapping) ((Items) document.get("deps").orElseThrow()).values().getFirst();
    return YamlReader.text(dependency.get("path").orElse(Value.of("")));
  }

  /// Where an import comes from if there is something newer.
  ///
  /// @param definition a `*.dvc` file of an import
  /// @return its path there and the repository, such as `data (../other)`
  public Optional<String> outdated(Path definition) throws IOException {
    var document = YamlReader.mapping(definition);
    var repository = repository(document).orElseThrow();
    var known = address(repository);
    var locked = repository.get("rev_lock").map(YamlReader::text);
    var now = SourceRepository.newest(known, pipeline.directory());
    return locked.isEmpty() || now.isEmpty() || now.equals(locked)
        ? Optional.empty()
        : Optional.of("%s (%s)".formatted(path(document), known.url()));
  }

  /// Takes over what the other repository has now.
  ///
  /// @param revision which it is to follow from now on; empty for the same as before
  public void update(Path definition, Optional<String> revision, Extent extent) throws IOException {
    var document = YamlReader.mapping(definition);
    var repository =
        repository(document)
            .orElseThrow(
                () ->
                    new PipelineException(
                        "'%s' is no import from a repository"
                            .formatted(pipeline.shown(definition))));
    var known = address(repository);
    var from = new Address(known.url(), revision.or(known::revision), known.settings());
    var path = path(document);
    write(from, Optional.empty(), path, target(document, definition), definition, extent);
  }

  private static Path target(Mapping document, Path definition) {
    var out = (Mapping) UrlImport.outputs(document).getFirst();
    var name = YamlReader.text(out.get("path").orElse(Value.of("")));
    return definition.resolveSibling(name).normalize();
  }

  /// Downloads what an import left for later, as it was at the commit that its file names.
  public void complete(Path definition) throws IOException {
    var document = YamlReader.mapping(definition);
    var repository = repository(document).orElseThrow();
    var commit = repository.get("rev_lock").map(YamlReader::text);
    var target = target(document, definition);
    write(address(repository), commit, path(document), target, definition, Extent.ALL);
  }
}
