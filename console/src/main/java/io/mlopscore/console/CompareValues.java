package io.mlopscore.console;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlopscore.tracking.Metric;
import io.mlopscore.tracking.Run;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What runs have, as JSON for the script that draws them: the names of runs and, for each metric
/// and param, the text of each run or null.
final class CompareValues {
  private CompareValues() {}

  static String of(List<Run> runs, Links links) {
    var values = JsonNodeFactory.instance.objectNode();
    var list = values.putArray("runs");
    for (var run : runs) {
      list.addObject()
          .put("id", run.info().runId())
          .put("name", Pages.name(run.info()))
          .put("href", links.run(run.info().experimentId(), run.info().runId()));
    }
    put(values.putObject("metrics"), runs, CompareValues::metrics);
    put(values.putObject("params"), runs, Run::params);
    return values.toString();
  }

  /// The id and the name of one run, for the script that draws charts.
  static String one(String id, String name) {
    var list = JsonNodeFactory.instance.arrayNode();
    list.addObject().put("id", id).put("name", name);
    return list.toString();
  }

  /// The ids and names of several.
  static String named(List<ComparePage.Head> runs) {
    var list = JsonNodeFactory.instance.arrayNode();
    runs.forEach(run -> list.addObject().put("id", run.id()).put("name", run.name()));
    return list.toString();
  }

  private static Map<String, String> metrics(Run run) {
    return run.metrics().stream()
        .collect(Collectors.toMap(Metric::key, metric -> Double.toString(metric.value())));
  }

  private static void put(
      ObjectNode into, List<Run> runs, Function<Run, Map<String, String>> values) {
    var all = runs.stream().map(values).toList();
    for (var name : new TreeSet<>(all.stream().flatMap(map -> map.keySet().stream()).toList())) {
      var array = into.putArray(name);
      all.forEach(map -> array.add(map.get(name)));
    }
  }
}
