package io.mlopscore.pipeline.remote;

import io.mlopscore.pipeline.Config;
import io.mlopscore.pipeline.Hash;
import io.mlopscore.pipeline.Pipeline;
import io.mlopscore.pipeline.PipelineException;
import io.mlopscore.pipeline.Trees;
import io.mlopscore.pipeline.config.ConfigFiles;
import io.mlopscore.pipeline.config.Settings;
import io.mlopscore.pipeline.files.FileEntry;
import io.mlopscore.pipeline.files.FileEntry.Source.InCache;
import io.mlopscore.pipeline.files.RepositoryFiles;
import io.mlopscore.pipeline.git.Git;
import io.mlopscore.pipeline.git.Revisions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/// Another repository to take files and data from: a folder as it is, or a clone of what git finds
/// under a URL, at a revision.
///
/// A clone, and data that had to be fetched and nobody keeps, live until this is closed.
public final class SourceRepository implements AutoCloseable {
  /// @param url a folder or a URL of git
  /// @param revision empty for a folder as it is, and for what git has at its `HEAD`
  /// @param settings what goes over those of that repository
  public record Address(String url, Optional<String> revision, SourceSettings settings) {}

  private final Address address;
  private final Pipeline pipeline;
  private final Path scratch;
  private final SourceObjects objects;
  private final Optional<String> commit;
  private final RepositoryFiles files;

  private SourceRepository(
      Address address,
      Pipeline pipeline,
      Path scratch,
      SourceObjects objects,
      Optional<String> commit)
      throws IOException {
    this.address = address;
    this.pipeline = pipeline;
    this.scratch = scratch;
    this.objects = objects;
    this.commit = commit;
    this.files =
        address.revision().isEmpty() || commit.isEmpty()
            ? RepositoryFiles.of(pipeline, objects)
            : RepositoryFiles.at(new Revisions(pipeline), commit.get(), objects);
  }

  /// @param here what a relative path starts from
  /// @param cacheRoot a cache that keeps data that is fetched; empty to keep none
  /// @throws PipelineException when there is no such repository or revision
  public static SourceRepository open(
      Address address, Path here, Optional<Path> cacheRoot, OptionalInt jobs, Progress progress)
      throws IOException {
    var git = new SourceGit(address, here);
    var scratch = Files.createTempDirectory("mlops-source");
    try {
      var folder =
          isRepository(address.url(), here)
              ? here.resolve(address.url()).normalize()
              : git.cloned(scratch);
      var pipeline = Pipeline.open(folder);
      var objects =
          new SourceObjects(
              pipeline,
              cacheRoot.orElse(scratch.resolve("cache")),
              Config.of(
                  address.settings().over(settings(pipeline), here).checked(),
                  pipeline.repository().dvcDirectory()),
              jobs,
              progress);
      var commit = git.commit(pipeline);
      return new SourceRepository(address, pipeline, scratch, objects, commit);
    } catch (IOException | RuntimeException e) {
      Trees.remove(scratch);
      throw e;
    }
  }

  private static Settings settings(Pipeline pipeline) throws IOException {
    var folder = Optional.of(pipeline.repository().dvcDirectory());
    return ConfigFiles.of(folder, System.getenv()).merged();
  }

  private static boolean isRepository(String url, Path here) {
    return !url.contains("://") && Files.isDirectory(here.resolve(url).resolve(".dvc"));
  }

  /// The commit that the files are of; empty without git.
  public Optional<String> commit() {
    return commit;
  }

  public RepositoryFiles files() {
    return files;
  }

  /// The same repository at another commit; it lives no longer than this one.
  public SourceRepository at(String revision) throws IOException {
    var other = new Address(address.url(), Optional.of(revision), address.settings());
    var folder = Files.createDirectories(scratch.resolve(revision));
    return new SourceRepository(other, pipeline, folder, objects, Optional.of(revision));
  }

  /// The git of it.
  ///
  /// @throws PipelineException when it has none
  public Git git() {
    return Git.of(pipeline.repository());
  }

  /// What is at a path.
  ///
  /// @param path relative to the root of the repository
  /// @throws NoSuchFileException when nothing is there
  public FileEntry entry(String path) throws IOException {
    var plain = Path.of("/").relativize(Path.of("/").resolve(path).normalize()).toString();
    return files
        .find(plain)
        .orElseThrow(
            () -> new NoSuchFileException("'%s' is not in '%s'".formatted(path, address.url())));
  }

  /// Copies a file, or a folder with all that is in it.
  ///
  /// @param target appears when everything is there; what was there goes
  /// @throws NoSuchFileException when nothing is there
  public void copy(String path, Path target) throws IOException {
    var entry = entry(path);
    var all = files.below(entry.path());
    objects.prepare(data(all));
    var absolute = target.toAbsolutePath();
    var temporary = absolute.resolveSibling("." + UUID.randomUUID() + ".tmp");
    try {
      if (entry.isFolder()) {
        Files.createDirectories(temporary);
      }
      for (var file : all) {
        var within = file.path().substring(entry.path().length()).replaceFirst("^/", "");
        var to = within.isEmpty() ? temporary : temporary.resolve(within);
        Files.createDirectories(Objects.requireNonNull(to.getParent()));
        files.copy(file, to);
      }
      Trees.remove(absolute);
      Files.move(temporary, absolute, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Trees.remove(temporary);
    }
  }

  private static List<Hash> data(List<FileEntry> all) {
    return all.stream()
        .filter(file -> file.source() instanceof InCache)
        .flatMap(file -> file.hash().stream())
        .toList();
  }

  /// Where the data at a path is kept for others.
  ///
  /// @throws PipelineException when it is no data
  public String url(String path) throws IOException {
    var hash = entry(path).hash();
    return objects.url(
        hash.orElseThrow(() -> new PipelineException("'%s' is not tracked by DVC".formatted(path))),
        Path.of(path).normalize().toString().replace('\\', '/'));
  }

  @Override
  public void close() throws IOException {
    Trees.remove(scratch);
  }
}
