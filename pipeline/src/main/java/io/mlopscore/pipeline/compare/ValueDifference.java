package io.mlopscore.pipeline.compare;

import io.mlopscore.pipeline.yaml.Change;
import io.mlopscore.pipeline.yaml.JsonText;
import io.mlopscore.pipeline.yaml.Value;
import io.mlopscore.pipeline.yaml.Value.Mapping;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/// One value that two sets of files have, or one of them has, under the same file and name. As for
/// DVC, a null is no value.
///
/// @param name dotted
public record ValueDifference(
    String file, String name, Optional<Value> before, Optional<Value> now) {

  /// What differs between two sets of files, by file and name.
  ///
  /// @param unchanged whether to tell what is the same, too
  public static List<ValueDifference> between(
      ValueFiles before, ValueFiles now, boolean unchanged) {
    var differences = new ArrayList<ValueDifference>();
    var paths = new TreeSet<>(before.files().keySet());
    paths.addAll(now.files().keySet());
    for (var path : paths) {
      var old = before.files().getOrDefault(path, new FileValues.Missing()).dotted();
      var values = now.files().getOrDefault(path, new FileValues.Missing()).dotted();
      var names = new TreeSet<>(JsonText.BY_CODE_POINT);
      names.addAll(old.keySet());
      names.addAll(values.keySet());
      for (var name : names) {
        var one = value(old, name);
        var other = value(values, name);
        if (unchanged || !areSame(one, other)) {
          differences.add(new ValueDifference(path, name, one, other));
        }
      }
    }
    return differences;
  }

  private static Optional<Value> value(Map<String, Value> values, String name) {
    return Optional.ofNullable(values.get(name))
        .filter(value -> !value.equals(Value.none()))
        .map(ValueDifference::shown);
  }

  private static boolean areSame(Optional<Value> one, Optional<Value> other) {
    return one.isPresent() == other.isPresent()
        && one.flatMap(value -> other.filter(value::same)).isPresent() == one.isPresent();
  }

  /// By how much a number grew; empty when one of both is none.
  public Optional<Value> change() {
    return before.flatMap(old -> now.flatMap(value -> Change.between(old, value)));
  }

  /// The shape of `dvc metrics diff --json`: file, then name, then `old`, `new` and perhaps `diff`.
  public static Mapping json(List<ValueDifference> differences) {
    var files = new TreeMap<String, Map<Value, Value>>();
    for (var difference : differences) {
      var values = new LinkedHashMap<Value, Value>();
      values.put(Value.of("old"), difference.before.orElse(Value.none()));
      values.put(Value.of("new"), difference.now.orElse(Value.none()));
      difference.change().ifPresent(change -> values.put(Value.of("diff"), change));
      files
          .computeIfAbsent(difference.file, _ -> new LinkedHashMap<>())
          .put(Value.of(difference.name), new Mapping(values));
    }
    var all = new LinkedHashMap<Value, Value>();
    files.forEach((file, values) -> all.put(Value.of(file), new Mapping(values)));
    return new Mapping(all);
  }

  /// Lists are compared and shown as text.
  private static Value shown(Value value) {
    return value instanceof Value.Items ? Value.of(Table.text(value, Integer.MAX_VALUE)) : value;
  }
}
