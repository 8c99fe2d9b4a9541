package io.mlopscore.app;

import io.mlopscore.tracking.ErrorCode;
import io.mlopscore.tracking.Experiment;
import io.mlopscore.tracking.Metric;
import io.mlopscore.tracking.Run;
import io.mlopscore.tracking.Tracking;
import io.mlopscore.tracking.TrackingException;
import io.mlopscore.tracking.search.SearchQuery;
import io.mlopscore.tracking.search.ViewType;
import java.io.IOException;
import java.util.ArrayList;
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
    description = "Lists, shows, compares, deletes and restores runs.",
    mixinStandardHelpOptions = true,
    subcommands = {
      RunsCommand.ListCommand.class,
      RunsCommand.ShowCommand.class,
      RunsCompareCommand.class,
      RunsDeleteCommand.class,
      RunsRestoreCommand.class
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
    private static final int MOST_METRICS = 3;

    @Mixin private TrackingOptions options = new TrackingOptions();

    @Option(names = "--experiment", description = "Name of the experiment (all).")
    private @Nullable String experiment;

    @Option(
        names = "--metric",
        description = "A metric to show; may be repeated (the first three that these runs have).")
    private List<String> metrics = List.of();

    @Option(
        names = "--filter",
        description = "As in MLflow, such as \"metrics.loss < 0.5 AND params.model = 'forest'\".")
    private String filter = "";

    @Option(
        names = "--order-by",
        description = "Such as \"metrics.loss ASC\"; may be repeated (newest first).")
    private List<String> orderBy = List.of();

    @Option(names = "--deleted", description = "Those in the bin instead.")
    private boolean deleted;

    @Option(
        names = {"-n", "--max-results"},
        defaultValue = "50",
        description = "How many (${DEFAULT-VALUE}).")
    private int most;

    @Override
    public Integer call() throws IOException {
      var runs = options.with(this::runs);
      var shown = metrics.isEmpty() ? firstOf(runs) : metrics;
      var titles = new ArrayList<>(List.of("RUN", "NAME", "STATUS", "STARTED", "SECONDS"));
      shown.forEach(metric -> titles.add(metric.toUpperCase(Locale.ROOT)));
      var table = new TextTable(titles.toArray(String[]::new));
      for (var run : runs) {
        table.row(row(run, shown));
      }
      options.print(runs, table);
      return 0;
    }

    private static List<String> firstOf(List<Run> runs) {
      return runs.stream()
          .flatMap(run -> run.metrics().stream())
          .map(Metric::key)
          .distinct()
          .sorted()
          .limit(MOST_METRICS)
          .toList();
    }

    private static String[] row(Run run, List<String> metrics) {
      var info = run.info();
      var row =
          new ArrayList<>(
              List.of(
                  info.runId(),
                  info.runName(),
                  info.status().name(),
                  TrackingOptions.time(info.startTime()),
                  info.endTime() == null ? "" : seconds(info.endTime() - info.startTime())));
      metrics.forEach(metric -> row.add(value(run, metric)));
      return row.toArray(String[]::new);
    }

    private List<Run> runs(Tracking tracking) {
      var experiments =
          tracking.store().experiments().stream()
              .filter(each -> experiment == null || experiment.equals(each.name()))
              .map(Experiment::id)
              .toList();
      if (experiment != null && experiments.isEmpty()) {
        throw new TrackingException(
            ErrorCode.RESOURCE_DOES_NOT_EXIST,
            "there is no experiment named '"
                + experiment
                + "'; `mlops experiments list` shows all");
      }
      var view = deleted ? ViewType.DELETED_ONLY : ViewType.ACTIVE_ONLY;
      return experiments.isEmpty()
          ? List.of()
          : tracking
              .store()
              .searchRuns(experiments, view, new SearchQuery(filter, orderBy, most, ""))
              .items();
    }

    private static String seconds(long milliseconds) {
      return String.format(Locale.ROOT, "%.1f", milliseconds / 1000.0);
    }

    private static String value(Run run, String key) {
      return run.metrics().stream()
          .filter(point -> point.key().equals(key))
          .map(MetricText::brief)
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
        table.row("metric", metric.key(), metric.text());
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
