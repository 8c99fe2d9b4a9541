package io.mlopscore.app.pipeline;

import io.mlopscore.pipeline.Pipeline;
import io.mlopscore.pipeline.remote.DataExchange;
import io.mlopscore.pipeline.remote.Progress;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// What `exp push` and `exp pull` have in common.
final class ExpExchangeOptions {
  @Option(
      names = {"-f", "--force"},
      description = "Replace experiments of the other side that have other content.")
  boolean force;

  @Option(names = "--no-cache", description = "Only the experiments, not their data.")
  boolean noCache;

  @Option(
      names = {"-r", "--remote"},
      paramLabel = "NAME",
      description = "The data remote (the default one).")
  private @Nullable String dataRemote;

  @Option(
      names = {"-j", "--jobs"},
      paramLabel = "N",
      description = "How many objects to move at a time.")
  private @Nullable Integer jobs;

  @Option(
      names = "--run-cache",
      negatable = true,
      description = "Also the results of earlier runs.")
  boolean runCache;

  @Parameters(index = "0", paramLabel = "GIT_REMOTE", description = "A git remote or URL.")
  String remote = "";

  @Parameters(
      index = "1..*",
      paramLabel = "EXPERIMENT",
      description = "Names (all experiments of HEAD).")
  List<String> names = List.of();

  DataExchange exchange(Pipeline pipeline, Progress progress) {
    return new DataExchange(
        pipeline,
        Optional.ofNullable(dataRemote),
        jobs == null ? OptionalInt.empty() : OptionalInt.of(jobs),
        progress,
        RemoteOptions::warn);
  }
}
