package io.mlopscore.pipeline.experiments;

import io.mlopscore.pipeline.ReproOptions;
import java.util.List;
import java.util.Optional;

/// An experiment to run.
///
/// @param overrides what `-S` says, in its grammar
/// @param name empty for a new one of two words
/// @param message of the commit; empty for the usual one
/// @param copied files that git does not keep and that a run elsewhere needs; relative to where the
///     command runs
public record RunRequest(
    ReproOptions options,
    List<String> overrides,
    Optional<String> name,
    Optional<String> message,
    List<String> copied) {
  public RunRequest {
    overrides = List.copyOf(overrides);
    copied = List.copyOf(copied);
  }

  List<ParamOverride> parsed() {
    return overrides.stream().map(OverrideParser::parse).toList();
  }
}
