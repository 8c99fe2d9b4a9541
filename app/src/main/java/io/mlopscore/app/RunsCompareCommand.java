package io.mlopscore.app;

import io.mlopscore.tracking.Metric;
import io.mlopscore.tracking.Run;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `mlops runs compare`.
@Command(
    name = "compare",
    description = "Sets runs side by side: the parameters, metrics and tags in which they differ.",
    mixinStandardHelpOptions = true)
final class RunsCompareCommand implements Callable<Integer> {
  @Mixin private TrackingOptions options = new TrackingOptions();

  @Parameters(paramLabel = "RUN", arity = "2..*", description = "The ids of the runs.")
  private List<String> ids = List.of();

  @Option(names = "--all", description = "Also what they have in common.")
  private boolean all;

  /// One name with its value in each run, empty where a run has none.
  private record Compared(String kind, String name, List<String> values) {
    boolean differs() {
      return values.stream().distinct().count() > 1;
    }
  }

  @Override
  public Integer call() throws IOException {
    var runs = options.with(tracking -> ids.stream().map(id -> tracking.store().run(id)).toList());
    var rows = new ArrayList<Compared>();
    rows.addAll(rows("param", runs, Run::params));
    rows.addAll(rows("metric", runs, this::metrics));
    rows.addAll(rows("tag", runs, Run::tags));
    rows.removeIf(row -> !all && !row.differs());
    options.print(rows, table(runs, rows));
    return 0;
  }

  private Map<String, String> metrics(Run run) {
    return run.metrics().stream().collect(Collectors.toMap(Metric::key, this::text));
  }

  private String text(Metric metric) {
    return options.json ? Double.toString(metric.value()) : metric.text();
  }

  private static List<Compared> rows(
      String kind, List<Run> runs, Function<Run, Map<String, String>> part) {
    var parts = runs.stream().map(part).toList();
    var names = new TreeSet<String>();
    parts.forEach(each -> names.addAll(each.keySet()));
    return names.stream()
        .map(
            name ->
                new Compared(
                    kind, name, parts.stream().map(each -> each.getOrDefault(name, "")).toList()))
        .toList();
  }

  private static TextTable table(List<Run> runs, List<Compared> rows) {
    var heads = new ArrayList<>(List.of("KIND", "NAME"));
    var named = new LinkedHashMap<String, Integer>();
    for (var run : runs) {
      var count = named.merge(run.info().runName(), 1, Integer::sum);
      heads.add(count == 1 ? run.info().runName() : run.info().runName() + " (" + count + ")");
    }
    var table = new TextTable(heads.toArray(String[]::new));
    for (var row : rows) {
      var cells = new ArrayList<>(List.of(row.kind(), row.name()));
      cells.addAll(row.values());
      table.row(cells.toArray(String[]::new));
    }
    return table;
  }
}
