package io.mlopscore.console;

import io.mlopscore.tracking.Metric;
import io.mlopscore.tracking.Run;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// Which columns a table of runs has, and which it could have.
///
/// @param keys of all that these runs could show, group after group
/// @param shown of those that are shown
record RunColumns(List<String> keys, List<String> shown) {
  /// More are not read; they can be chosen.
  private static final int USUAL_OF_GROUP = 20;

  private static final String SYSTEM = Column.TAGS + "mlflow.";
  private static final List<String> GROUPS =
      List.of(Column.METRICS, Column.PARAMS, Column.TAGS, Column.FACTS);

  RunColumns {
    keys = List.copyOf(keys);
    shown = List.copyOf(shown);
  }

  /// @param chosen empty for the usual ones
  static RunColumns of(List<Run> runs, List<String> chosen) {
    var names = new TreeSet<>(chosen);
    for (var run : runs) {
      run.metrics().stream().map(Metric::key).forEach(key -> names.add(Column.METRICS + key));
      run.params().keySet().forEach(key -> names.add(Column.PARAMS + key));
      run.tags().keySet().forEach(key -> names.add(Column.TAGS + key));
    }
    names.removeIf(name -> name.startsWith(SYSTEM) && !chosen.contains(name));
    names.addAll(RunFact.keys());
    var keys = GROUPS.stream().flatMap(group -> in(group, names)).toList();
    var wanted = Set.copyOf(chosen);
    return new RunColumns(
        keys, wanted.isEmpty() ? usual(keys) : keys.stream().filter(wanted::contains).toList());
  }

  private static Stream<String> in(String group, TreeSet<String> names) {
    return names.stream().filter(name -> name.startsWith(group));
  }

  private static List<String> usual(List<String> keys) {
    return Stream.of(Column.METRICS, Column.PARAMS)
        .flatMap(group -> keys.stream().filter(key -> key.startsWith(group)).limit(USUAL_OF_GROUP))
        .toList();
  }

  /// Metrics and params that are left out because they are many.
  int leftOut() {
    return (int)
        keys.stream()
            .filter(key -> key.startsWith(Column.METRICS) || key.startsWith(Column.PARAMS))
            .filter(key -> !shown.contains(key))
            .count();
  }
}
