package io.mlopscore.app.pipeline;

import io.mlopscore.pipeline.remote.SourceRepository.Address;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// What is taken from another repository and where it goes, as `get` and `import` both take it.
final class SourcePathOptions {
  @Parameters(index = "0", paramLabel = "REPOSITORY", description = "A folder or a URL of git.")
  private String url = "";

  @Parameters(index = "1", paramLabel = "PATH", description = "A file or folder in it.")
  private String path = "";

  @Option(
      names = {"-o", "--out"},
      paramLabel = "PATH",
      description = "Where the copy goes (the last part of PATH).")
  private String out = "";

  @Mixin private final SourceOptions source = new SourceOptions();

  Address address() {
    return source.address(url);
  }

  /// In the repository.
  String path() {
    return path;
  }

  /// Empty for the last part of the path.
  String out() {
    return out;
  }
}
