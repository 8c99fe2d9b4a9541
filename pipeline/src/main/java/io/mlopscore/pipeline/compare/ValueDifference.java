package io.mlopscore.pipeline.compare;

import io.mlopscore.pipeline.yaml.JsonText;
import io.mlopscore.pipeline.yaml.Value;
import io.mlopscore.pipeline.yaml.Value.Int;
import io.mlopscore.pipeline.yaml.Value.Mapping;
import io.mlopscore.pipeline.yaml.Value.Real;
import io.mlopscore.pipeline.yaml.YamlReader;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/// One value that two sets of files have, or one of them has, under the same file and name.
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
      var old = flat(before.files().getOrDefault(path, Mapping.EMPTY));
      var values = flat(now.files().getOrDefault(path, Mapping.EMPTY));
      var names = new TreeSet<>(JsonText.BY_CODE_POINT);
      names.addAll(old.keySet());
      names.addAll(values.keySet());
      for (var name : names) {
        var one = Optional.ofNullable(old.get(name));
        var other = Optional.ofNullable(values.get(name));
        if (unchanged || !one.equals(other)) {
          differences.add(new ValueDifference(path, name, one, other));
        }
      }
    }
    return differences;
  }

  /// Values of nested mappings by dotted names; lists stay whole.
  public static Map<String, Value> flat(Mapping values) {
    var flat = new LinkedHashMap<String, Value>();
    flatten(values, "", flat);
    return flat;
  }

  private static void flatten(Mapping values, String prefix, Map<String, Value> flat) {
    values
        .entries()
        .forEach(
            (key, value) -> {
              var name = prefix + YamlReader.text(key);
              if (value instanceof Mapping nested && !nested.entries().isEmpty()) {
                flatten(nested, name + ".", flat);
              } else {
                flat.put(name, value);
              }
            });
  }

  /// By how much a number grew; empty when one of both is none.
  public Optional<Value> change() {
    if (before.isEmpty() || now.isEmpty()) {
      return Optional.empty();
    }
    if (before.get() instanceof Int(var old) && now.get() instanceof Int(var number)) {
      return Optional.of(new Int(number.subtract(old)));
    }
    var old = real(before.get());
    var number = real(now.get());
    return old.isPresent() && number.isPresent()
        ? Optional.of(new Real(number.get() - old.get()))
        : Optional.empty();
  }

  private static Optional<Double> real(Value value) {
    return switch (value) {
      case Int(BigInteger number) -> Optional.of(number.doubleValue());
      case Real(var number) -> Optional.of(number);
      default -> Optional.empty();
    };
  }

  /// The shape of `dvc metrics diff --json`: file, then name, then `old`, `new` and perhaps `diff`.
  public static String json(List<ValueDifference> differences) {
    var files = new TreeMap<String, Map<Value, Value>>();
    for (var difference : differences) {
      var values = new LinkedHashMap<Value, Value>();
      values.put(
          Value.of("old"), difference.before.map(ValueDifference::shown).orElse(Value.none()));
      values.put(Value.of("new"), difference.now.map(ValueDifference::shown).orElse(Value.none()));
      difference.change().ifPresent(change -> values.put(Value.of("diff"), change));
      files
          .computeIfAbsent(difference.file, _ -> new LinkedHashMap<>())
          .put(Value.of(difference.name), new Mapping(values));
    }
    var all = new LinkedHashMap<Value, Value>();
    files.forEach((file, values) -> all.put(Value.of(file), new Mapping(values)));
    return JsonText.of(new Mapping(all));
  }

  /// Lists are compared and shown as text.
  private static Value shown(Value value) {
    return value instanceof Value.Items ? Value.of(Table.text(value, Integer.MAX_VALUE)) : value;
  }
}
