package io.mlopscore.app.pipeline;

import io.mlopscore.pipeline.ConfigException;
import io.mlopscore.pipeline.Pipeline;
import io.mlopscore.pipeline.compare.DataStatus;
import io.mlopscore.pipeline.compare.DataStatusText;
import io.mlopscore.pipeline.remote.DataExchange;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `mlops data status`: as `dvc data status`. A remote is always asked, also with
/// `--no-remote-refresh`.
@Command(
    name = "status",
    description = "Shows how data differs between the last commit, its records and the workspace.",
    mixinStandardHelpOptions = true)
public final class DataStatusCommand implements Callable<Integer> {
  /// Which files that nobody keeps are told.
  enum Untracked {
    no,
    all
  }

  @Parameters(paramLabel = "TARGET", description = "Only these files or directories.")
  private List<String> targets = List.of();

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Option(names = "--granular", description = "Tell of the files of directories.")
  private boolean granular;

  @Option(names = "--unchanged", description = "Also tell what is unchanged.")
  private boolean unchanged;

  @Option(
      names = "--untracked-files",
      arity = "0..1",
      fallbackValue = "all",
      defaultValue = "no",
      description = "Also tell files that nobody keeps: ${COMPLETION-CANDIDATES}.")
  private Untracked untracked = Untracked.no;

  @Option(
      names = {"-r", "--remote"},
      paramLabel = "NAME",
      description = "With --not-in-remote: a remote of the settings (the default one).")
  private @Nullable String remote;

  @Option(names = "--not-in-remote", description = "Also tell what the remote lacks.")
  private boolean notInRemote;

  @Option(names = "--no-remote-refresh", description = "Taken; the remote is asked all the same.")
  private boolean noRefresh;

  @Override
  public Integer call() throws IOException {
    var pipeline = Pipeline.open(Path.of(""));
    var options = new DataStatus.Options(targets, granular, untracked == Untracked.all);
    if (noRefresh && notInRemote) {
      RemoteOptions.warn("--no-remote-refresh has no effect: the remote is asked all the same");
    }
    try (var shown = new ProgressLine()) {
      var look =
          notInRemote ? Optional.of(exchange(pipeline, shown)) : Optional.<DataExchange>empty();
      var status = DataStatus.of(pipeline, options, look.map(exchange -> exchange::lacking));
      var text = new DataStatusText(status, unchanged);
      System.out.print(json ? text.json() + "\n" : text.text());
    }
    return 0;
  }

  private DataExchange exchange(Pipeline pipeline, ProgressLine shown) {
    if (remote != null && pipeline.repository().config().remote(remote).isEmpty()) {
      throw new ConfigException("config file error: remote '%s' doesn't exist".formatted(remote));
    }
    return new DataExchange(
        pipeline,
        Optional.ofNullable(remote),
        OptionalInt.empty(),
        shown.progress(),
        RemoteOptions::warn);
  }
}
