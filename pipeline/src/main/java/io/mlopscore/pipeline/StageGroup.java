package io.mlopscore.pipeline;

import io.mlopscore.pipeline.yaml.Value;
import io.mlopscore.pipeline.yaml.Value.Items;
import io.mlopscore.pipeline.yaml.Value.Mapping;
import io.mlopscore.pipeline.yaml.Value.Text;
import io.mlopscore.pipeline.yaml.YamlReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The members that `foreach` and `matrix` make of one definition, by what follows `name@`.
///
/// Of members with the same suffix the last one counts, in the place of the first.
final class StageGroup {
  /// One value of a variable, and how it shows in a name.
  private record Choice(String suffix, Value value) {}

  private StageGroup() {}

  /// The names that each member adds to the context: `item`, and for a mapping `key`.
  ///
  /// @param raw the list or mapping before its templates were filled
  static Map<String, Mapping> foreach(Value raw, Value filled, String where) {
    var members = new LinkedHashMap<String, Mapping>();
    switch (filled) {
      case Mapping mapping ->
          mapping
              .entries()
              .forEach(
                  (key, item) -> {
                    var suffix = PythonText.inTemplate(key);
                    members.put(suffix, names(item).with("key", Value.of(suffix)));
                  });
      case Items(var values) -> {
        for (var choice : choices("", raw, values)) {
          members.put(choice.suffix, names(choice.value));
        }
      }
      case Value other ->
          throw new PipelineException(
              "%s: foreach needs a list or a mapping, not %s".formatted(where, other.typeName()));
    }
    return members;
  }

  private static Mapping names(Value item) {
    return Mapping.EMPTY.with("item", item);
  }

  /// Every combination of the values of each variable, the last varying fastest.
  static Map<String, Mapping> matrix(Mapping raw, Mapping filled, String where) {
    var combinations = new LinkedHashMap<String, Mapping>();
    var rows = List.of(List.<Choice>of());
    for (var variable : filled.entries().entrySet()) {
      var name = YamlReader.text(variable.getKey());
      var before = raw.entries().getOrDefault(variable.getKey(), Value.none());
      rows = extended(rows, choices(name, before, values(variable.getValue(), where, name)));
    }
    var variables = filled.entries().keySet().stream().map(YamlReader::text).toList();
    for (var row : rows) {
      var item = Mapping.EMPTY;
      for (int i = 0; i < row.size(); i++) {
        item = item.with(variables.get(i), row.get(i).value);
      }
      var suffix = String.join("-", row.stream().map(Choice::suffix).toList());
      combinations.put(suffix, names(item).with("key", Value.of(suffix)));
    }
    return combinations;
  }

  /// A text stands for its characters and a mapping for its keys, as Python iterates.
  private static List<Value> values(Value value, String where, String name) {
    return switch (value) {
      case Items(var values) -> values;
      case Mapping mapping -> List.copyOf(mapping.entries().keySet());
      case Text(var text) ->
          text.codePoints().mapToObj(c -> Value.of(Character.toString(c))).toList();
      case Value other ->
          throw new PipelineException(
              "%s: matrix.%s must be a list, not %s".formatted(where, name, other.typeName()));
    };
  }

  private static List<List<Choice>> extended(List<List<Choice>> rows, List<Choice> choices) {
    var longer = new ArrayList<List<Choice>>();
    for (var row : rows) {
      for (var choice : choices) {
        var next = new ArrayList<>(row);
        next.add(choice);
        longer.add(next);
      }
    }
    return longer;
  }

  /// Values show by themselves; collections by their position, and in a `foreach` all values do so
  /// as soon as one of them is a collection.
  ///
  /// @param variable its name in a matrix, empty for a `foreach`
  private static List<Choice> choices(String variable, Value raw, List<Value> values) {
    boolean loop = variable.isEmpty();
    boolean byPosition = loop && values.stream().anyMatch(StageGroup::isCollection);
    var choices = new ArrayList<Choice>();
    for (int i = 0; i < values.size(); i++) {
      var value = values.get(i);
      boolean position = byPosition || isCollection(value);
      choices.add(new Choice(position ? variable + i : shown(raw, i, value), value));
    }
    return choices;
  }

  private static boolean isCollection(Value value) {
    return value instanceof Mapping || value instanceof Items;
  }

  /// DVC writes `true` for a value that stands in the list itself, but `True` for one that came
  /// from a template.
  private static String shown(Value raw, int index, Value value) {
    boolean literal = raw instanceof Items(var items) && !(items.get(index) instanceof Text);
    return literal ? PythonText.inTemplate(value) : PythonText.of(value);
  }
}
