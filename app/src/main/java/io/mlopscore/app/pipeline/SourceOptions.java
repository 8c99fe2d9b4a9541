package io.mlopscore.app.pipeline;

import io.mlopscore.pipeline.remote.SourceRepository.Address;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which state of another repository is meant, and how to get its data.
final class SourceOptions {
  @Option(
      names = "--rev",
      paramLabel = "REVISION",
      description = "A revision of the repository (a folder as it is; else what its HEAD is).")
  private @Nullable String revision;

  @Option(
      names = "--remote",
      paramLabel = "NAME",
      description = "A remote of the repository (its default one).")
  private @Nullable String remote;

  Address address(String url) {
    return new Address(url, Optional.ofNullable(revision), Optional.ofNullable(remote));
  }

  static OptionalInt jobs(@Nullable Integer jobs) {
    return jobs == null ? OptionalInt.empty() : OptionalInt.of(jobs);
  }
}
