package io.mlopscore.app.pipeline;

import io.mlopscore.pipeline.remote.SourceSettings;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Under which settings the data of another repository is found.
final class SourceSettingsOptions {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "A file of settings that go over those of the repository.")
  private @Nullable String config;

  @Option(
      names = "--remote",
      paramLabel = "NAME",
      description = "A remote of the repository (its default one).")
  private @Nullable String remote;

  @Option(
      names = "--remote-config",
      arity = "0..*",
      paramLabel = "OPTION=VALUE",
      description = "Options of that remote, over those of the repository.")
  private Map<String, String> remoteOptions = Map.of();

  SourceSettings settings() {
    return SourceSettings.of(
        Optional.ofNullable(config), Optional.ofNullable(remote), remoteOptions);
  }
}
