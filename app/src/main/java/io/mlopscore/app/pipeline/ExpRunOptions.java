package io.mlopscore.app.pipeline;

import io.mlopscore.pipeline.ReproOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The options of `repro` that a run of an experiment takes.
final class ExpRunOptions {
  @Mixin private final StageRunOptions stages = new StageRunOptions();

  @Option(
      names = {"-f", "--force"},
      description = "Run even what is unchanged; replace an experiment of this name.")
  private boolean force;

  ReproOptions options() {
    return stages.options(force, false, true, true, 1, Map.of());
  }

  /// These options as a command line has them, for another process.
  List<String> arguments() {
    var arguments = new ArrayList<>(force ? List.of("--force") : List.<String>of());
    arguments.addAll(stages.arguments());
    return arguments;
  }
}
