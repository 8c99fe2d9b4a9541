package io.mlopscore.pipeline.remote;

import io.mlopscore.pipeline.DataSource;
import io.mlopscore.pipeline.Node;
import io.mlopscore.pipeline.PartialImport;
import io.mlopscore.pipeline.Pipeline;
import io.mlopscore.pipeline.PipelineException;
import io.mlopscore.pipeline.Stage;
import io.mlopscore.pipeline.Tracked;
import io.mlopscore.pipeline.remote.ImportFile.FromRepository;
import io.mlopscore.pipeline.remote.ImportFile.FromUrl;
import io.mlopscore.pipeline.yaml.YamlReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// Data that was imported before, from wherever its `*.dvc` file says.
public final class Imports {
  private final Pipeline pipeline;
  private final UrlImport urls;
  private final RepositoryImport repositories;

  /// @param jobs how many files to fetch at a time; empty for what is usual where they come from
  public Imports(Pipeline pipeline, OptionalInt jobs, Progress progress) {
    this.pipeline = pipeline;
    this.urls = new UrlImport(pipeline, jobs.orElse(UrlImport.JOBS), progress);
    this.repositories = new RepositoryImport(pipeline, jobs, progress, (_, _, _) -> {});
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

  /// Downloads what an import left for later, as it was when its file was written.
  public void complete(PartialImport partial) throws IOException {
    switch (ImportFile.read(pipeline, partial.definition())) {
      case FromUrl file -> urls.complete(file);
      case FromRepository file -> repositories.complete(file);
    }
  }

  /// Where an import comes from if there is something newer. What URLs hold is not asked here.
  ///
  /// @return its path there and the repository, such as `data (../other)`
  public Optional<String> outdated(Node node) throws IOException {
    return switch (node) {
      case DataSource data -> data.imported() ? outdated(data.definition()) : Optional.empty();
      case PartialImport partial -> outdated(partial.definition());
      case Stage _ -> Optional.empty();
    };
  }

  private Optional<String> outdated(Path definition) throws IOException {
    return switch (ImportFile.read(pipeline, definition)) {
      case FromUrl _ -> Optional.empty();
      case FromRepository file -> repositories.outdated(file);
    };
  }

  /// Gets the data that an import recorded into the cache.
  ///
  /// @throws PipelineException when its source has something else
  void fetch(Path definition, Tracked recorded) throws IOException {
    var file = ImportFile.read(pipeline, definition);
    var kept = keep(file, Optional.of(recorded));
    if (!kept.map(Tracked::hash).equals(Optional.of(recorded.hash()))) {
      throw new PipelineException("'%s' is not what was imported".formatted(file.source()));
    }
  }

  /// Gets what an import has not downloaded yet into the cache, without recording it.
  ///
  /// @return what it is; empty when its source holds something else than the file says, or nothing
  Optional<Tracked> keep(PartialImport partial) throws IOException {
    return keep(ImportFile.read(pipeline, partial.definition()), Optional.empty());
  }

  private Optional<Tracked> keep(ImportFile file, Optional<Tracked> recorded) throws IOException {
    return switch (file) {
      case FromUrl url -> urls.keep(url);
      case FromRepository from -> Optional.of(repositories.keep(from, recorded));
    };
  }
}
