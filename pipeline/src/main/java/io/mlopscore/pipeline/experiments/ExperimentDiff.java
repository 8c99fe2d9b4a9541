package io.mlopscore.pipeline.experiments;

import io.mlopscore.pipeline.experiments.ExperimentState.Data;
import io.mlopscore.pipeline.experiments.ExperimentState.FileValues;
import io.mlopscore.pipeline.yaml.Change;
import io.mlopscore.pipeline.yaml.JsonText;
import io.mlopscore.pipeline.yaml.Value;
import io.mlopscore.pipeline.yaml.Value.Items;
import io.mlopscore.pipeline.yaml.Value.Mapping;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;

/// How the metrics and parameters of two states differ.
public final class ExperimentDiff {
  /// @param change new less old, of numbers
  record Difference(
      String file, String name, Optional<Value> old, Optional<Value> now, Optional<Value> change) {}

  private static final int DIGITS = 5;

  private final List<Difference> metrics;
  private final List<Difference> params;

  /// @param unchanged whether values that are the same count too
  public ExperimentDiff(ExperimentState before, ExperimentState after, boolean unchanged) {
    var old = before.data();
    var now = after.data();
    this.metrics = differences(old.map(Data::metrics), now.map(Data::metrics), unchanged);
    this.params = differences(old.map(Data::params), now.map(Data::params), unchanged);
  }

  private static List<Difference> differences(
      Optional<Map<String, FileValues>> before,
      Optional<Map<String, FileValues>> after,
      boolean unchanged) {
    var old = before.orElse(Map.of());
    var now = after.orElse(Map.of());
    var files = new TreeSet<>(old.keySet());
    files.addAll(now.keySet());
    var found = new ArrayList<Difference>();
    for (var file : files) {
      var left = flat(file, old);
      var right = flat(file, now);
      var names = new TreeSet<>(JsonText.BY_CODE_POINT);
      names.addAll(left.keySet());
      names.addAll(right.keySet());
      for (var name : names) {
        var difference = difference(file, name, left.get(name), right.get(name));
        if (unchanged || !difference.old().equals(difference.now())) {
          found.add(difference);
        }
      }
    }
    return found;
  }

  private static Map<String, Value> flat(String file, Map<String, FileValues> files) {
    var values = files.get(file);
    return values == null ? Map.of() : FlatValues.of(file, values);
  }

  private static Difference difference(
      String file,
      String name,
      @org.jspecify.annotations.Nullable Value old,
      @org.jspecify.annotations.Nullable Value now) {
    var before = shown(old);
    var after = shown(now);
    boolean same = before.flatMap(left -> after.filter(left::same)).isPresent();
    var change = before.flatMap(left -> after.flatMap(right -> Change.between(left, right)));
    return new Difference(file, name, before, same ? before : after, change);
  }

  /// For DVC, a null is no value.
  private static Optional<Value> shown(@org.jspecify.annotations.Nullable Value value) {
    return Optional.ofNullable(value)
        .filter(given -> !given.equals(Value.none()))
        .map(ExperimentDiff::listAsText);
  }

  /// DVC compares lists by their texts, and shows those.
  private static Value listAsText(Value value) {
    return value instanceof Items ? Value.of(CellText.of(value, OptionalInt.empty())) : value;
  }

  /// `{"metrics": {file: {name: {"old", "new", "diff"}}}, "params": …}`
  public String json() {
    var both = new LinkedHashMap<Value, Value>();
    both.put(Value.of("metrics"), json(metrics));
    both.put(Value.of("params"), json(params));
    return ExperimentJson.text(new Mapping(both));
  }

  private static Mapping json(List<Difference> differences) {
    var files = Mapping.EMPTY;
    for (var difference : differences) {
      var fields = new LinkedHashMap<Value, Value>();
      fields.put(Value.of("old"), difference.old().orElse(Value.none()));
      fields.put(Value.of("new"), difference.now().orElse(Value.none()));
      difference.change().ifPresent(change -> fields.put(Value.of("diff"), change));
      var file = (Mapping) files.get(difference.file()).orElse(Mapping.EMPTY);
      files = files.with(difference.file(), file.with(difference.name(), new Mapping(fields)));
    }
    return files;
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
      List<Difference> differences,
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
              cell(difference.old(), "-", digits),
              cell(difference.now(), "-", digits),
              cell(difference.change(), "diff not supported", digits)));
    }
    return paths ? rows : rows.stream().map(row -> row.subList(1, row.size())).toList();
  }

  private static String cell(Optional<Value> value, String absent, OptionalInt digits) {
    return value.map(found -> CellText.of(found, digits)).orElse(absent);
  }
}
