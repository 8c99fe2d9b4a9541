package io.mlopscore.pipeline.experiments;

import io.mlopscore.pipeline.PipelineException;
import io.mlopscore.pipeline.yaml.Value;
import io.mlopscore.pipeline.yaml.Value.Items;
import io.mlopscore.pipeline.yaml.Value.Mapping;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What the overrides of one run do to its files of parameters. No effects.
final class Overrides {
  private Overrides() {}

  /// Overrides by the file they change, in the order given.
  static Map<String, List<ParamOverride>> byFile(List<ParamOverride> overrides) {
    var files = new LinkedHashMap<String, List<ParamOverride>>();
    for (var override : overrides) {
      files.computeIfAbsent(override.file(), _ -> new ArrayList<>()).add(override);
    }
    return files;
  }

  /// Every combination of the values of sweeps, the last one varying fastest.
  static List<List<ParamOverride>> combinations(List<ParamOverride> overrides) {
    List<List<ParamOverride>> all = List.of(List.of());
    for (var override : overrides) {
      var longer = new ArrayList<List<ParamOverride>>();
      for (var start : all) {
        for (var next : choices(override)) {
          var combination = new ArrayList<>(start);
          combination.add(next);
          longer.add(combination);
        }
      }
      all = longer;
    }
    return all;
  }

  private static List<ParamOverride> choices(ParamOverride override) {
    return override.sweep()
        ? override.choices().stream().map(override::choose).toList()
        : List.of(override);
  }

  /// The parameters with all changes made.
  ///
  /// @throws PipelineException when a change does not fit what is there
  static Mapping apply(Mapping params, List<ParamOverride> overrides) {
    Value changed = params;
    for (var override : overrides) {
      changed = new Change(override).at(changed, 0);
    }
    return (Mapping) changed;
  }

  private record Change(ParamOverride override) {
    Value at(Value around, int depth) {
      return switch (around) {
        case Mapping mapping -> inMapping(mapping, depth);
        case Items items -> inItems(items, depth);
        case Value.Null() when creates() -> inMapping(Mapping.EMPTY, depth);
        case Value other ->
            throw refused("'" + step(depth) + "' would be inside " + other.typeName());
      };
    }

    private String step(int depth) {
      return override.key().get(depth);
    }

    private boolean isLast(int depth) {
      return depth == override.key().size() - 1;
    }

    private boolean creates() {
      return override.operation() == ParamOverride.Operation.ADD
          || override.operation() == ParamOverride.Operation.PUT;
    }

    private Mapping inMapping(Mapping mapping, int depth) {
      var key = key(mapping, step(depth));
      var entries = new LinkedHashMap<>(mapping.entries());
      var old = entries.get(key);
      if (old == null && !creates()) {
        throw missing();
      }
      if (!isLast(depth)) {
        entries.put(key, at(old == null ? Mapping.EMPTY : old, depth + 1));
      } else if (override.operation() == ParamOverride.Operation.DELETE) {
        checkDeleted(old == null ? Value.none() : old);
        entries.remove(key);
      } else {
        entries.put(key, old == null ? wanted() : replace(old));
      }
      return new Mapping(entries);
    }

    /// A key that is no string in the file, such as a number, is meant by its text.
    private static Value key(Mapping mapping, String step) {
      var number = OverrideValue.number(step);
      return mapping.entries().containsKey(number) ? number : Value.of(step);
    }

    private Items inItems(Items items, int depth) {
      int index = step(depth).matches("[0-9]{1,9}") ? Integer.parseInt(step(depth)) : -1;
      if (index < 0 || index >= items.values().size()) {
        throw refused("the list has no item '" + step(depth) + "'");
      }
      var values = new ArrayList<>(items.values());
      if (!isLast(depth)) {
        values.set(index, at(values.get(index), depth + 1));
      } else if (override.operation() == ParamOverride.Operation.DELETE) {
        values.remove(index);
      } else {
        values.set(index, replace(values.get(index)));
      }
      return new Items(values);
    }

    private Value wanted() {
      return override.value().orElseThrow();
    }

    private Value replace(Value old) {
      if (old instanceof Mapping mine && wanted() instanceof Mapping more) {
        return merge(mine, more);
      }
      if (override.operation() == ParamOverride.Operation.ADD) {
        throw refused("it is there already; ++%s replaces it".formatted(override.name()));
      }
      return wanted();
    }

    private Mapping merge(Mapping mine, Mapping more) {
      var entries = new LinkedHashMap<>(mine.entries());
      for (var entry : more.entries().entrySet()) {
        var old = entries.get(entry.getKey());
        if (old == null && !creates()) {
          throw missing();
        }
        var value = entry.getValue();
        entries.put(
            entry.getKey(),
            old instanceof Mapping inner && value instanceof Mapping its
                ? merge(inner, its)
                : value);
      }
      return new Mapping(entries);
    }

    private void checkDeleted(Value old) {
      if (override.value().isPresent() && !override.value().get().same(old)) {
        throw refused("its value is " + OverrideValue.text(old));
      }
    }

    private PipelineException missing() {
      return override.operation() == ParamOverride.Operation.DELETE
          ? refused("'%s' does not exist".formatted(override.name()))
          : refused("'%s' does not exist; +%s adds it".formatted(override.name(), override.text()));
    }

    private PipelineException refused(String why) {
      return new PipelineException(
          "Invalid `--set-param` value '%s' for %s: %s"
              .formatted(override.text(), override.file(), why));
    }
  }
}
