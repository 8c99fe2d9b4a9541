package io.mlopscore.app.pipeline;

import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// How what another repository has is copied.
final class CopyOptions {
  @Option(
      names = {"-f", "--force"},
      description = "Replace what is there.")
  private boolean force;

  @Option(
      names = {"-j", "--jobs"},
      paramLabel = "N",
      description = "How many files to fetch at a time.")
  private @Nullable Integer jobs;

  boolean force() {
    return force;
  }

  /// Empty for what the remote's settings say.
  OptionalInt jobs() {
    return jobs == null ? OptionalInt.empty() : OptionalInt.of(jobs);
  }
}
