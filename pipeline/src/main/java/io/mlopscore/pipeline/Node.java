package io.mlopscore.pipeline;

import java.nio.file.Path;
import java.util.List;

/// What the graph is made of: stages, data that was added or imported, and imports that still lack
/// theirs.
public sealed interface Node permits Stage, DataSource, PartialImport {
  /// The file that defines it.
  Path definition();

  /// Its name in messages, relative to the repository: `train`, `sub/dvc.yaml:train`,
  /// `data/iris.csv.dvc`.
  String address();

  List<Dependency> dependencies();

  List<Output> outputs();

  /// What it writes behind URLs.
  default List<UrlOutput> urlOutputs() {
    return List.of();
  }

  boolean frozen();
}
