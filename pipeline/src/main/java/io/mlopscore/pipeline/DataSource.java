package io.mlopscore.pipeline;

import java.nio.file.Path;
import java.util.List;

/// Data tracked by a `*.dvc` file, such as `data/iris.csv.dvc`.
///
/// @param recorded the content the file names
/// @param imported whether it comes from another repository, which keeps it
public record DataSource(
    Path definition,
    String address,
    Output output,
    Tracked recorded,
    boolean frozen,
    boolean imported)
    implements Node {
  DataSource withRecorded(Tracked content) {
    return new DataSource(definition, address, output, content, frozen, imported);
  }

  @Override
  public List<Dependency> dependencies() {
    return List.of();
  }

  @Override
  public List<Output> outputs() {
    return List.of(output);
  }
}
