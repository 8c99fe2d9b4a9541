package io.mlopscore.pipeline.remote;

import io.mlopscore.pipeline.DataStore;
import io.mlopscore.pipeline.Pipeline;
import io.mlopscore.pipeline.PipelineException;
import io.mlopscore.pipeline.Tracked;
import io.mlopscore.pipeline.Trees;
import io.mlopscore.pipeline.remote.ImportFile.FromRepository;
import io.mlopscore.pipeline.remote.SourceRepository.Address;
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
    var nothing = ImportFile.unknown(target);
    return write(new FromRepository(definition, nothing, from, path, Optional.empty()), extent);
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

  /// @return the files that git should get
  private Set<Path> write(FromRepository file, Extent extent) throws IOException {
    var target = file.target();
    var written = new LinkedHashSet<>(List.of(file.definition()));
    if (extent == Extent.NO_EXEC) {
      pipeline.ignore(target).ifPresent(written::add);
      file.writeUnasked();
      return written;
    }
    listener.importing(file.path(), file.address().url(), target);
    try (var source = open(file)) {
      source.entry(file.path());
      var out = ImportFile.unknown(target);
      if (extent == Extent.ALL) {
        source.copy(file.path(), target);
        written.addAll(new DataStore(pipeline).add(List.of(target)));
        out = ImportFile.added(file.definition());
      } else {
        pipeline.ignore(target).ifPresent(written::add);
      }
      file.holding(source.commit(), out).write();
    }
    return written;
  }

  private SourceRepository open(FromRepository file) throws IOException {
    var cacheRoot = Optional.of(pipeline.repository().cacheRoot());
    return SourceRepository.open(file.state(), pipeline.directory(), cacheRoot, jobs, progress);
  }

  /// Takes over what the other repository has now.
  ///
  /// @param revision which it is to follow from now on; empty for the same as before
  public void update(FromRepository file, Optional<String> revision, Extent extent)
      throws IOException {
    write(file.following(revision), extent);
  }

  /// Downloads what an import left for later, as it was at the commit that its file names.
  void complete(FromRepository file) throws IOException {
    write(file, Extent.ALL);
  }

  /// Gets what the other repository had at the commit that the file names into the cache.
  ///
  /// @param recorded what it is known to be; empty when nobody saw it yet
  Tracked keep(FromRepository file, Optional<Tracked> recorded) throws IOException {
    var folder = Files.createTempDirectory("mlops-import");
    try (var source = open(file)) {
      var copy = folder.resolve("data");
      source.copy(file.path(), copy);
      return new DataStore(pipeline).keep(copy, recorded);
    } finally {
      Trees.remove(folder);
    }
  }

  /// Where an import comes from if there is something newer.
  Optional<String> outdated(FromRepository file) throws IOException {
    var locked = file.commit();
    var now = new SourceGit(file.address(), pipeline.directory()).newest();
    return locked.isEmpty() || now.isEmpty() || now.equals(locked)
        ? Optional.empty()
        : Optional.of(file.source());
  }
}
