package io.mlopscore.pipeline.experiments;

import io.mlopscore.pipeline.compare.ValueDifference;
import io.mlopscore.pipeline.compare.ValueFiles;
import io.mlopscore.pipeline.experiments.ExperimentState.Data;
import io.mlopscore.pipeline.yaml.Value;
import io.mlopscore.pipeline.yaml.Value.Mapping;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/// How the metrics and parameters of two states differ.
public final class ExperimentDiff {
  private static final int DIGITS = 5;

  private final List<ValueDifference> metrics;
  private final List<ValueDifference> params;

  /// @param unchanged whether values that are the same count too
  public ExperimentDiff(ExperimentState before, ExperimentState after, boolean unchanged) {
    this.metrics =
        ValueDifference.between(of(before, Data::metrics), of(after, Data::metrics), unchanged);
    this.params =
        ValueDifference.between(of(before, Data::params), of(after, Data::params), unchanged);
  }

  private static ValueFiles of(ExperimentState state, Function<Data, ValueFiles> which) {
    return state.data().map(which).orElse(ValueFiles.NONE);
  }

  /// `{"metrics": {file: {name: {"old", "new", "diff"}}}, "params": …}`
  public String json() {
    var both = new LinkedHashMap<Value, Value>();
    both.put(Value.of("metrics"), ValueDifference.json(metrics));
    both.put(Value.of("params"), ValueDifference.json(params));
    return ExperimentJson.text(new Mapping(both));
  }

  /// The table of metrics and that of parameters, each with its headers first.
  ///
  /// @param digits significant ones of metrics
  public List<List<List<String>>> tables(
      String before, String after, boolean paths, OptionalInt digits) {
    var rounded = OptionalInt.of(digits.orElse(DIGITS));
    return List.of(
        table("Metric", metrics, before, after, paths, rounded),
        table("Param", params, before, after, paths, OptionalInt.empty()));
  }

  private static List<List<String>> table(
      String kind,
      List<ValueDifference> differences,
      String before,
      String after,
      boolean paths,
      OptionalInt digits) {
    var rows = new ArrayList<List<String>>();
    if (differences.isEmpty()) {
      return rows;
    }
    rows.add(List.of("Path", kind, before, after, "Change"));
    for (var difference : differences) {
      rows.add(
          List.of(
              difference.file(),
              difference.name(),
              cell(difference.before(), "-", digits),
              cell(difference.now(), "-", digits),
              cell(difference.change(), "diff not supported", digits)));
    }
    return paths ? rows : rows.stream().map(row -> row.subList(1, row.size())).toList();
  }

  private static String cell(Optional<Value> value, String absent, OptionalInt digits) {
    return value.map(found -> CellText.of(found, digits)).orElse(absent);
  }
}
