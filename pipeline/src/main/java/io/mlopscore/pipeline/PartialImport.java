package io.mlopscore.pipeline;

import java.nio.file.Path;
import java.util.List;

/// An import whose data was left for later, by `import --no-download` or `--no-exec`: its `*.dvc`
/// file says where it comes from, and no content. It is downloaded once a stage needs it.
///
/// @param source where it comes from, such as `data (../other)`
/// @param unasked whether the source was not asked yet for what the file says
public record PartialImport(
    Path definition, String address, Output output, String source, boolean frozen, boolean unasked)
    implements Node {
  @Override
  public List<Dependency> dependencies() {
    return List.of();
  }

  @Override
  public List<Output> outputs() {
    return List.of(output);
  }
}
