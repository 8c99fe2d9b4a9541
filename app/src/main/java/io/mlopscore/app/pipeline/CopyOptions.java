package io.mlopscore.app.pipeline;

import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// How what is elsewhere is copied.
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

  /// Empty for what is usual where it comes from.
  OptionalInt jobs() {
    return jobs == null ? OptionalInt.empty() : OptionalInt.of(jobs);
  }
}
