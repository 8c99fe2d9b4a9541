package io.mlopscore.console;

import io.mlopscore.tracking.ErrorCode;
import io.mlopscore.tracking.Experiment;
import io.mlopscore.tracking.Metric;
import io.mlopscore.tracking.Run;
import io.mlopscore.tracking.TrackingException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;

/// Reads what a [ComparePage] shows.
record CompareReading(Visit visit) {
  private static final int MOST_RUNS = 50;

  Page page() {
    var ids = visit.queries("run").stream().distinct().toList();
    if (ids.isEmpty() || ids.size() > MOST_RUNS) {
      throw new TrackingException(
          ErrorCode.INVALID_PARAMETER_VALUE,
          "Choose 2 to " + MOST_RUNS + " runs in the table of an experiment, then Compare.");
    }
    var runs = ids.stream().map(visit.store()::run).toList();
    var only = visit.query("rows").equals("different");
    var same = visit.links().compare(ids);
    return new ComparePage(
        heads(runs, ids),
        groups(runs, only),
        only,
        only ? same : same + "&rows=different",
        charted(runs),
        visit.links().root() + RunReading.POINTS,
        CompareValues.of(runs, visit.links()));
  }

  private List<ComparePage.Head> heads(List<Run> runs, List<String> ids) {
    var experiments = new HashMap<String, Experiment>();
    return runs.stream()
        .map(
            run ->
                head(
                    run,
                    ids,
                    experiments.computeIfAbsent(
                        run.info().experimentId(), visit.store()::experiment)))
        .toList();
  }

  private ComparePage.Head head(Run run, List<String> ids, Experiment experiment) {
    var info = run.info();
    var others = ids.stream().filter(id -> !id.equals(info.runId())).toList();
    return new ComparePage.Head(
        info.runId(),
        Pages.name(info),
        visit.links().run(info.experimentId(), info.runId()),
        experiment.id(),
        experiment.name(),
        visit.links().experiment(experiment.id()),
        info.status().name(),
        visit.times().moment(info.startTime()),
        visit.times().duration(info.startTime(), info.endTime()),
        others.size() < 2 ? "" : visit.links().compare(others));
  }

  private static List<ComparePage.Group> groups(List<Run> runs, boolean onlyDifferent) {
    var best = Best.of(runs);
    return Stream.of(
            group("Metrics", runs, CompareReading::metrics, best::cell),
            group("Params", runs, run -> run.params().keySet().stream(), CompareReading::param),
            group("Tags", runs, CompareReading::tags, CompareReading::tag))
        .map(group -> onlyDifferent ? different(group) : group)
        .filter(group -> !group.rows().isEmpty())
        .toList();
  }

  private static Stream<String> metrics(Run run) {
    return run.metrics().stream().map(Metric::key);
  }

  private static Stream<String> tags(Run run) {
    return run.tags().keySet().stream().filter(key -> !key.startsWith("mlflow."));
  }

  private static Cell param(Run run, String name) {
    return Cell.of(run.params().get(name));
  }

  private static Cell tag(Run run, String name) {
    return Cell.of(run.tags().get(name));
  }

  private static ComparePage.Group group(
      String label,
      List<Run> runs,
      Function<Run, Stream<String>> names,
      BiFunction<Run, String, Cell> cell) {
    var all = new TreeSet<>(runs.stream().flatMap(names).toList());
    return new ComparePage.Group(
        label,
        all.stream()
            .map(name -> row(name, runs.stream().map(run -> cell.apply(run, name)).toList()))
            .toList());
  }

  private static ComparePage.Row row(String name, List<Cell> cells) {
    return new ComparePage.Row(name, cells, cells.stream().map(Cell::exact).distinct().count() > 1);
  }

  private static ComparePage.Group different(ComparePage.Group group) {
    return new ComparePage.Group(
        group.label(), group.rows().stream().filter(ComparePage.Row::differs).toList());
  }

  private static List<String> charted(List<Run> runs) {
    var steps = new HashMap<String, Long>();
    for (var run : runs) {
      run.metrics().forEach(metric -> steps.merge(metric.key(), metric.step(), Math::max));
    }
    return steps.entrySet().stream()
        .filter(entry -> entry.getValue() > 0)
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }
}
