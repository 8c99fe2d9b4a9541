package io.mlopscore.pipeline.plots;

import io.mlopscore.pipeline.files.RepositoryFiles;
import io.mlopscore.pipeline.yaml.Value;
import io.mlopscore.pipeline.yaml.Value.Mapping;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;

/// One revision of one plot.
record PlotVersion(String revision, RepositoryFiles files, PlotDefinition definition) {
  /// The bytes of a file that the plot draws.
  ///
  /// @throws NoSuchFileException when the revision has none
  byte[] content(String file) throws IOException {
    var pipeline = files.pipeline();
    var entry = files.find(pipeline.repository().relative(pipeline.resolve(file)));
    if (entry.filter(found -> !found.isFolder()).isEmpty()) {
      throw new NoSuchFileException("'%s' is not there".formatted(file));
    }
    return files.read(entry.get());
  }

  /// Whether the first line of a table names its columns.
  ///
  /// @param properties what the command says, which goes before what the output says
  boolean hasHeader(String file, Mapping properties) throws IOException {
    var path = files.pipeline().resolve(file);
    var said = properties.get("header");
    for (var node : files.pipeline().nodes()) {
      for (var output : node.outputs()) {
        if (said.isEmpty() && output.file().equals(path)) {
          said = output.display().get("header");
        }
      }
    }
    return !said.equals(Optional.of(new Value.Bool(false)));
  }
}
