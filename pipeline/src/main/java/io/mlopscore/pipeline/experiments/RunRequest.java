package io.mlopscore.pipeline.experiments;

import io.mlopscore.pipeline.ReproOptions;
import java.util.List;
import java.util.Optional;

/// An experiment to run.
///
/// @param overrides what `-S` says, in its grammar
/// @param name empty for a new one of two words
/// @param message of the commit; empty for the usual one
public record RunRequest(
    ReproOptions options, List<String> overrides, Optional<String> name, Optional<String> message) {
  public RunRequest {
    overrides = List.copyOf(overrides);
  }

  /// The changes, sweeps among them.
  List<ParamOverride> all() {
    return overrides.stream().map(OverrideParser::parse).toList();
  }

  /// @throws io.mlopscore.pipeline.PipelineException when one is a sweep: it is several runs
  List<ParamOverride> parsed() {
    var parsed = all();
    for (var override : parsed) {
      if (override.sweep()) {
        throw OverrideParser.bad(
            override.text(),
            "several values are several experiments; --queue makes them, --run-all runs them");
      }
    }
    return parsed;
  }
}
