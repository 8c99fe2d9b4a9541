package io.mlopscore.app.pipeline;

import io.mlopscore.pipeline.remote.SourceRepository.Address;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Which state of another repository is meant, and under which settings its data is found.
final class SourceOptions {
  @Option(
      names = "--rev",
      paramLabel = "REVISION",
      description = "A revision of the repository (a folder as it is; else what its HEAD is).")
  private @Nullable String revision;

  @Mixin private final SourceSettingsOptions options = new SourceSettingsOptions();

  Address address(String url) {
    return new Address(url, Optional.ofNullable(revision), options.settings());
  }
}
