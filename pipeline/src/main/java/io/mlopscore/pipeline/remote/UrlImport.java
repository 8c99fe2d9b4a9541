package io.mlopscore.pipeline.remote;

import io.mlopscore.pipeline.DataStore;
import io.mlopscore.pipeline.Pipeline;
import io.mlopscore.pipeline.PipelineException;
import io.mlopscore.pipeline.Tracked;
import io.mlopscore.pipeline.Trees;
import io.mlopscore.pipeline.remote.ImportFile.FromUrl;
import io.mlopscore.pipeline.yaml.Value.Mapping;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Data taken over from a URL: a `*.dvc` file that knows where it came from.
public final class UrlImport {
  /// How many transfers go on at once unless somebody says otherwise.
  public static final int JOBS = 4 * Runtime.getRuntime().availableProcessors();

  private final Pipeline pipeline;
  private final int jobs;
  private final Progress progress;

  /// @param jobs how many files to copy at a time
  public UrlImport(Pipeline pipeline, int jobs, Progress progress) {
    this.pipeline = pipeline;
    this.jobs = jobs;
    this.progress = progress;
  }

  /// @param options of the URL, by the names that remotes have for them
  /// @param out where the data goes; empty for the URL's last name
  /// @param force replace what is there
  /// @return the files that git should get
  public Set<Path> add(
      String url, Map<String, String> options, String out, Extent extent, boolean force)
      throws IOException {
    var target = target(pipeline, url, out, force);
    var folder = target.resolve("..").normalize();
    if (!Files.isDirectory(folder)) {
      throw new PipelineException("%s: the folder %s does not exist".formatted(url, folder));
    }
    return write(file(pipeline, url, options, target), extent);
  }

  /// The file of an import that is new.
  ///
  /// @throws PipelineException when the place is taken
  static FromUrl file(Pipeline pipeline, String url, Map<String, String> options, Path target)
      throws IOException {
    var definition = target.resolveSibling(target.getFileName() + ".dvc");
    requireFree(pipeline, target, definition);
    return new FromUrl(
        definition,
        ImportFile.unknown(target),
        recorded(pipeline, url, definition),
        options,
        Mapping.EMPTY);
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

  /// A path as its `*.dvc` file has it: from the folder of that file. Other URLs stay.
  private static String recorded(Pipeline pipeline, String url, Path definition) {
    boolean relative = !url.contains("://") && !Path.of(url).isAbsolute();
    var file = relative ? pipeline.resolve(url) : definition;
    return relative && Files.exists(file)
        ? definition.resolveSibling("").relativize(file).toString().replace('\\', '/')
        : url;
  }

  /// Where a copy of a URL goes.
  ///
  /// @throws PipelineException when something is there and is not to be replaced
  static Path target(Pipeline pipeline, String url, String out, boolean force) {
    var last = UrlFiles.last(url);
    var target = pipeline.resolve(out.isEmpty() ? last : out);
    if (Files.isDirectory(target) && out.endsWith("/")) {
      target = target.resolve(last);
    }
    if (Files.exists(target) && !force) {
      throw new PipelineException(
          "The file '%s' already exists locally; --force replaces it"
              .formatted(pipeline.shown(target)));
    }
    return target;
  }

  /// @return the files that git should get
  private Set<Path> write(FromUrl file, Extent extent) throws IOException {
    var definition = file.definition();
    var target = file.target();
    var written = new LinkedHashSet<>(List.of(definition));
    try (var source = open(pipeline, file)) {
      switch (extent) {
        case NO_EXEC -> {
          pipeline.ignore(target).ifPresent(written::add);
          file.writeUnasked();
        }
        case NO_DOWNLOAD -> {
          var version = source.version();
          pipeline.ignore(target).ifPresent(written::add);
          file.holding(version, ImportFile.unknown(target)).write();
        }
        case ALL -> {
          var version = source.version();
          source.download(target, jobs, progress);
          written.addAll(new DataStore(pipeline).add(List.of(target)));
          file.holding(version, ImportFile.added(definition)).write();
        }
      }
    }
    return written;
  }

  static UrlSource open(Pipeline pipeline, FromUrl file) throws IOException {
    var config = pipeline.repository().config();
    var folder = file.definition().resolveSibling("");
    return UrlSource.open(config, file.url(), file.options(), folder);
  }

  /// Gets the data again if it changed where it came from.
  ///
  /// @return whether anything was written
  public boolean update(FromUrl file, Extent extent) throws IOException {
    try (var source = open(pipeline, file)) {
      if (file.isWhole() && file.isStill(source.version()) && Files.exists(file.target())) {
        return false;
      }
    }
    write(file, extent);
    return true;
  }

  /// Downloads what an import left for later.
  void complete(FromUrl file) throws IOException {
    write(file, Extent.ALL);
  }

  /// Gets the data into the cache without recording it.
  ///
  /// @return what it is; empty when the URL holds something else than the file says, or nothing
  Optional<Tracked> keep(FromUrl file) throws IOException {
    var folder = Files.createTempDirectory("mlops-import");
    try (var source = open(pipeline, file)) {
      if (!file.isStill(source.version())) {
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
}
