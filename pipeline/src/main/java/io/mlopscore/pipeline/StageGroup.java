package io.mlopscore.pipeline;

import io.mlopscore.pipeline.yaml.Value;
import io.mlopscore.pipeline.yaml.Value.Items;
import io.mlopscore.pipeline.yaml.Value.Mapping;
import io.mlopscore.pipeline.yaml.YamlReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The members that `foreach` and `matrix` make of one definition.
final class StageGroup {
  /// @param suffix what follows `name@`
  /// @param names what the member adds to the context: `item` and `key`
  record Member(String suffix, Mapping names) {}

  private StageGroup() {}

  static List<Member> foreach(Value over, String where) {
    return switch (over) {
      case Mapping mapping ->
          mapping.entries().entrySet().stream()
              .map(entry -> member(name(entry.getKey()), entry.getValue(), true))
              .toList();
      case Items(var values) -> foreachItem(values);
      case Value other ->
          throw new PipelineException(
              "%s: foreach needs a list or a mapping, not %s".formatted(where, other.typeName()));
    };
  }

  /// Members of a list are named by their values, or by position when one is not a scalar.
  private static List<Member> foreachItem(List<Value> values) {
    boolean byPosition =
        values.stream().anyMatch(value -> value instanceof Mapping || value instanceof Items);
    var members = new ArrayList<Member>();
    for (int i = 0; i < values.size(); i++) {
      var suffix = byPosition ? Integer.toString(i) : name(values.get(i));
      members.add(member(suffix, values.get(i), false));
    }
    return members;
  }

  private static Member member(String suffix, Value item, boolean withKey) {
    var names = Mapping.EMPTY.with("item", item);
    return new Member(suffix, withKey ? names.with("key", Value.of(suffix)) : names);
  }

  /// Every combination of the values of each variable, the last varying fastest.
  static List<Member> matrix(Mapping variables, String where) {
    var combinations = new ArrayList<Map<String, Value>>();
    combinations.add(Map.of());
    var suffixes = new ArrayList<List<String>>();
    suffixes.add(List.of());
    for (var variable : variables.entries().entrySet()) {
      var name = name(variable.getKey());
      if (!(variable.getValue() instanceof Items(var values))) {
        throw new PipelineException("%s: matrix.%s must be a list".formatted(where, name));
      }
      extend(combinations, suffixes, name, values);
    }
    var members = new ArrayList<Member>();
    for (int i = 0; i < combinations.size(); i++) {
      var item = new LinkedHashMap<Value, Value>();
      combinations.get(i).forEach((name, value) -> item.put(Value.of(name), value));
      var suffix = String.join("-", suffixes.get(i));
      members.add(member(suffix, new Mapping(item), true));
    }
    return members;
  }

  private static void extend(
      List<Map<String, Value>> combinations,
      List<List<String>> suffixes,
      String name,
      List<Value> values) {
    var before = List.copyOf(combinations);
    var namesBefore = List.copyOf(suffixes);
    combinations.clear();
    suffixes.clear();
    for (int i = 0; i < before.size(); i++) {
      for (int j = 0; j < values.size(); j++) {
        var combination = new LinkedHashMap<>(before.get(i));
        combination.put(name, values.get(j));
        combinations.add(combination);
        var suffix = new ArrayList<>(namesBefore.get(i));
        boolean scalar = !(values.get(j) instanceof Mapping || values.get(j) instanceof Items);
        suffix.add(scalar ? name(values.get(j)) : name + j);
        suffixes.add(suffix);
      }
    }
  }

  private static String name(Value value) {
    return value instanceof Value.Null ? "None" : YamlReader.text(value);
  }
}
