package io.mlopscore.pipeline;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// An import whose data was left for later, by `import --no-download` or `--no-exec`: its `*.dvc`
/// file says where it comes from, and no content. It is downloaded once a stage needs it; a fetch
/// gets it too, see [ImportedContents].
///
/// @param source where it comes from, such as `data (../other)`
/// @param checksum of the file, when the source was asked for what the file says
/// @param said what a URL held when it was asked, as far as its tags tell; empty for a repository
public record PartialImport(
    Path definition,
    String address,
    Output output,
    String source,
    boolean frozen,
    Optional<Hash> checksum,
    Optional<Tracked> said)
    implements Node {
  @Override
  public List<Dependency> dependencies() {
    return List.of();
  }

  @Override
  public List<Output> outputs() {
    return List.of(output);
  }

  /// Whether the source was not asked yet for what the file says.
  public boolean unasked() {
    return checksum.isEmpty();
  }
}
