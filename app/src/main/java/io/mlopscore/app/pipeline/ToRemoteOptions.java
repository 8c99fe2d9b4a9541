package io.mlopscore.app.pipeline;

import io.mlopscore.pipeline.PipelineException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Whether data goes straight to a remote, and to which.
final class ToRemoteOptions {
  @Option(names = "--to-remote", description = "Send the data straight to a remote; keep no copy.")
  private boolean toRemote;

  @Option(
      names = {"-r", "--remote"},
      paramLabel = "NAME",
      description = "With --to-remote: which (the default one).")
  private @Nullable String remote;

  /// Whether data goes to a remote.
  ///
  /// @throws PipelineException when a remote is named that nothing goes to
  boolean asked() {
    if (!toRemote && remote != null) {
      throw new PipelineException("--remote can't be used without --to-remote");
    }
    return toRemote;
  }

  /// Empty for the default one.
  Optional<String> remote() {
    return Optional.ofNullable(remote);
  }
}
