package io.mlopscore.app.pipeline;

import io.mlopscore.pipeline.Pipeline;
import io.mlopscore.pipeline.experiments.Baselines;
import io.mlopscore.pipeline.experiments.ExperimentDiff;
import io.mlopscore.pipeline.experiments.ExperimentShow;
import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `mlops exp diff`: as `dvc exp diff`.
@Command(
    name = "diff",
    description = "Shows how the metrics and parameters of two experiments differ.",
    mixinStandardHelpOptions = true)
final class ExpDiffCommand implements Callable<Integer> {
  @Parameters(
      index = "0",
      arity = "0..1",
      defaultValue = "HEAD",
      paramLabel = "OLD",
      description = "An experiment or revision (HEAD).")
  private String before = "HEAD";

  @Parameters(
      index = "1",
      arity = "0..1",
      defaultValue = "workspace",
      paramLabel = "NEW",
      description = "An experiment or revision (the workspace).")
  private String after = "workspace";

  @Option(names = "--all", description = "Also values that are the same.")
  private boolean all;

  @Option(names = "--param-deps", description = "Only parameters that stages read.")
  private boolean onlyUsedParams;

  @Option(names = "--json", description = "As JSON.")
  private boolean json;

  @Option(names = "--md", description = "As a table in Markdown.")
  private boolean markdown;

  @Option(names = "--no-path", description = "Without the column of files.")
  private boolean noPath;

  @Option(
      names = "--precision",
      paramLabel = "N",
      description = "Significant digits of metrics (5).")
  private @Nullable Integer precision;

  @Override
  public Integer call() throws IOException {
    var options = new ExperimentShow.Options(Baselines.HEAD, true, false, onlyUsedParams, Set.of());
    var show = new ExperimentShow(Pipeline.open(Path.of("")), options);
    if (!show.hasCommits()) {
      System.out.print(json ? "{}\n" : "");
      return 0;
    }
    var diff = new ExperimentDiff(show.state(before), show.state(after), all);
    if (json) {
      System.out.println(diff.json());
    } else {
      print(diff);
    }
    return 0;
  }

  private void print(ExperimentDiff diff) {
    var digits = precision == null ? OptionalInt.empty() : OptionalInt.of(precision);
    var between = "";
    for (var table : diff.tables(before, after, !noPath, digits)) {
      System.out.print(between);
      if (!table.isEmpty()) {
        System.out.print(markdown ? TableText.markdown(table) + "\n" : TableText.plain(table));
      }
      between = "\n";
    }
  }
}
