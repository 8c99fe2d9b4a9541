package io.mlopscore.app.pipeline;

import io.mlopscore.pipeline.Pipeline;
import io.mlopscore.pipeline.compare.MetricsReport;
import io.mlopscore.pipeline.compare.ValueFiles;
import io.mlopscore.pipeline.git.Revisions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `mlops metrics`: as `dvc metrics`.
@Command(
    description = "Shows metrics and compares them between revisions.",
    mixinStandardHelpOptions = true,
    subcommands = {MetricsCommand.Show.class, MetricsCommand.Diff.class})
public final class MetricsCommand {
  /// `mlops metrics diff`.
  @Command(
      name = "diff",
      description = "Shows the metrics that differ.",
      mixinStandardHelpOptions = true)
  static final class Diff implements Callable<Integer> {
    @Mixin private final DiffOptions options = new DiffOptions();

    @Override
    public Integer call() throws IOException {
      return options.run(ValueFiles::metrics, "Metric", true);
    }
  }

  /// `mlops metrics show`.
  @Command(
      name = "show",
      description = "Shows the metrics of the workspace, or of several revisions.",
      mixinStandardHelpOptions = true)
  static final class Show implements Callable<Integer> {
    @Parameters(paramLabel = "TARGET", description = "Only these files or directories.")
    private List<String> targets = List.of();

    @Option(
        names = {"-a", "--all-branches"},
        description = "Of all branches, too.")
    private boolean branches;

    @Option(
        names = {"-T", "--all-tags"},
        description = "Of all tags, too.")
    private boolean tags;

    @Option(
        names = {"-A", "--all-commits"},
        description = "Of all commits, too.")
    private boolean commits;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Option(names = "--md", description = "Print a Markdown table.")
    private boolean markdown;

    @Option(
        names = "--precision",
        defaultValue = "5",
        description = "Digits after the point (${DEFAULT-VALUE}).")
    private int precision = 5;

    @Override
    public Integer call() throws IOException {
      var report = report(Pipeline.open(Path.of("")));
      if (json) {
        System.out.println(report.json());
      } else {
        var table = report.table(precision);
        System.out.print(markdown ? table.markdown() : table.isEmpty() ? "" : table.text());
      }
      return 0;
    }

    private MetricsReport report(Pipeline workspace) throws IOException {
      boolean several = branches || tags || commits;
      var report = new MetricsReport();
      var values = new RevisionValues("metrics", ValueFiles::metrics, workspace, targets);
      var here = several ? MetricsReport.WORKSPACE : "";
      report.add(here, values.ofWorkspace());
      if (several) {
        var revisions = new Revisions(workspace);
        for (var revision : revisions.names(branches, tags, commits).entrySet()) {
          var at = revisions.at(revision.getValue());
          report.add(revision.getKey(), values.of(revision.getKey(), at));
        }
        revisions.git().branch().ifPresent(report::hideUnchanged);
      }
      values
          .failures()
          .forEach(
              (name, reason) ->
                  report.fail(name.equals(MetricsReport.WORKSPACE) ? here : name, reason));
      return report;
    }
  }
}
