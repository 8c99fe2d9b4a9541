package io.mlopscore.app;

import io.mlopscore.tracking.Experiment;
import io.mlopscore.tracking.Metric;
import io.mlopscore.tracking.Run;
import io.mlopscore.tracking.Tracking;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `mlops runs`.
@Command(
    description = "Lists, shows and compares runs.",
    mixinStandardHelpOptions = true,
    subcommands = {
      RunsCommand.ListCommand.class,
      RunsCommand.ShowCommand.class,
      RunsCompareCommand.class
    })
final class RunsCommand extends ListByDefault {
  RunsCommand() {
    super("list");
  }

  /// `mlops runs list`.
  @Command(
      name = "list",
      description = "Lists runs, newest first.",
      mixinStandardHelpOptions = true)
  static final class ListCommand implements Callable<Integer> {
    @Mixin private TrackingOptions options = new TrackingOptions();

    @Option(names = "--experiment", description = "Name of the experiment (all).")
    private @Nullable String experiment;

    @Option(
        names = "--metric",
        defaultValue = "accuracy",
        description = "Metric to show (${DEFAULT-VALUE}).")
    private String metric = "accuracy";

    @Option(
        names = {"-n", "--max-results"},
        defaultValue = "50",
        description = "How many (${DEFAULT-VALUE}).")
    private int most;

    @Override
    public Integer call() throws IOException {
      var runs = options.with(this::runs);
      var table =
          new TextTable(
              "RUN", "NAME", "STATUS", "STARTED", "SECONDS", metric.toUpperCase(Locale.ROOT));
      for (var run : runs) {
        var info = run.info();
        table.row(
            info.runId(),
            info.runName(),
            info.status().name(),
            TrackingOptions.time(info.startTime()),
            info.endTime() == null ? "" : seconds(info.endTime() - info.startTime()),
            value(run, metric));
      }
      options.print(runs, table);
      return 0;
    }

    private List<Run> runs(Tracking tracking) {
      var runs = new ArrayList<Run>();
      for (var each : tracking.store().experiments()) {
        if (experiment == null || experiment.equals(each.name())) {
          runs.addAll(tracking.store().runs(each.id(), most));
        }
      }
      runs.sort(Comparator.comparingLong((Run run) -> run.info().startTime()).reversed());
      return runs.subList(0, Math.min(most, runs.size()));
    }

    private static String seconds(long milliseconds) {
      return String.format(Locale.ROOT, "%.1f", milliseconds / 1000.0);
    }

    private static String value(Run run, String key) {
      return run.metrics().stream()
          .filter(point -> point.key().equals(key))
          .map(point -> String.format(Locale.ROOT, "%.4f", point.value()))
          .findFirst()
          .orElse("");
    }
  }

  /// `mlops runs show`.
  @Command(name = "show", description = "Shows all of a run.", mixinStandardHelpOptions = true)
  static final class ShowCommand implements Callable<Integer> {
    @Mixin private TrackingOptions options = new TrackingOptions();

    @Parameters(paramLabel = "RUN", description = "The id of the run.")
    private String id = "";

    private record Shown(Run run, Experiment experiment) {}

    @Override
    public Integer call() throws IOException {
      var shown =
          options.with(
              tracking -> {
                var run = tracking.store().run(id);
                return new Shown(run, tracking.store().experiment(run.info().experimentId()));
              });
      var table = new TextTable("KIND", "NAME", "VALUE");
      var info = shown.run().info();
      table.row("run", "name", info.runName());
      table.row("run", "experiment", shown.experiment().name());
      table.row("run", "status", info.status().name());
      table.row("run", "started", TrackingOptions.time(info.startTime()));
      table.row("run", "artifacts", info.artifactUri());
      for (Metric metric : shown.run().metrics()) {
        table.row("metric", metric.key(), Double.toString(metric.value()));
      }
      rows(table, "param", shown.run().params());
      rows(table, "tag", shown.run().tags());
      shown
          .run()
          .inputs()
          .forEach(input -> table.row("dataset", input.dataset().name(), input.dataset().digest()));
      options.print(shown.run(), table);
      return 0;
    }

    private static void rows(TextTable table, String kind, Map<String, String> pairs) {
      new TreeMap<>(pairs).forEach((key, value) -> table.row(kind, key, value));
    }
  }
}
