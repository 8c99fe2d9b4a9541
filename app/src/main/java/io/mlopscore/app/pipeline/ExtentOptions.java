package io.mlopscore.app.pipeline;

import io.mlopscore.pipeline.remote.Extent;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/// How much of an import is done at once: at most one of two options.
final class ExtentOptions {
  @ArgGroup private final Less less = new Less();

  /// What is left for later.
  static final class Less {
    @Option(names = "--no-exec", description = "Only record where it comes from.")
    private boolean noExec;

    @Option(
        names = "--no-download",
        description = "Record what is there now, without downloading it.")
    private boolean noDownload;
  }

  Extent extent() {
    return less.noExec ? Extent.NO_EXEC : less.noDownload ? Extent.NO_DOWNLOAD : Extent.ALL;
  }
}
