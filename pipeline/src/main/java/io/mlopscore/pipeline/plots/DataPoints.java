package io.mlopscore.pipeline.plots;

import io.mlopscore.pipeline.yaml.Value;
import io.mlopscore.pipeline.yaml.Value.Items;
import io.mlopscore.pipeline.yaml.Value.Mapping;
import io.mlopscore.pipeline.yaml.YamlReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/// The data of one plot at one revision as rows, all files and fields together.
final class DataPoints {
  private static final String STEP = "step";
  private static final String ANY_X = "dvc_inferred_x_value";
  private static final String ANY_Y = "dvc_inferred_y_value";

  /// A column of a file.
  record Field(String file, String name) {}

  /// A field that a plot names and its data lacks, or axes that do not fit each other.
  static final class FieldException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    FieldException(String message) {
      super(message);
    }
  }

  /// @param x the column that is drawn along the x axis, in all rows
  /// @param y likewise; empty when there is none
  /// @param lines the columns that are drawn, with the files as rows have them
  record Result(
      List<SequencedMap<String, Value>> rows,
      String x,
      Optional<String> y,
      String xLabel,
      Optional<String> yLabel,
      List<Field> lines) {}

  private final String id;
  private final Mapping properties;
  private final Map<String, Value> sources;
  private final Map<String, List<SequencedMap<String, Value>>> tables = new LinkedHashMap<>();

  /// @param sources the content of files by name; absent ones are left out
  DataPoints(PlotDefinition definition, Mapping properties, Map<String, Value> sources) {
    this.id = definition.id();
    this.properties = properties;
    this.sources = sources;
    sources.forEach((file, content) -> tables.put(file, table(content)));
  }

  /// @throws FieldException when a field is missing, or axes have different lengths
  Result at(String revision) {
    var ys = ys();
    var xs = xs(ys);
    verify(xs);
    verify(ys);
    if (xs.size() > 1 && xs.size() != ys.size()) {
      throw new FieldException(
          "x has %d sources and y has %d: one x for all, or one for each"
              .formatted(xs.size(), ys.size()));
    }
    var xNames = names(xs);
    var yNames = names(ys);
    var x = xs.isEmpty() ? STEP : xNames.size() > 1 ? ANY_X : xs.getFirst().name();
    var y = yNames.size() > 1 ? Optional.of(ANY_Y) : yNames.stream().findFirst();
    int prefix = commonFolder(ys);
    var rows = new ArrayList<SequencedMap<String, Value>>();
    var lines = new ArrayList<Field>();
    for (int i = 0; i < ys.size(); i++) {
      var line = new Field(shortened(ys.get(i).file(), prefix), ys.get(i).name());
      lines.add(line);
      var from =
          xs.isEmpty() ? Optional.<Field>empty() : Optional.of(xs.get(xs.size() > 1 ? i : 0));
      rows.addAll(rows(ys.get(i), from, x, yNames.size() > 1, line, revision));
    }
    return new Result(rows, x, y, xLabel(xs, xNames), yLabel(yNames), lines);
  }

  private List<SequencedMap<String, Value>> rows(
      Field y, Optional<Field> x, String xName, boolean anyY, Field line, String revision) {
    var rows = new ArrayList<SequencedMap<String, Value>>();
    for (var row : tables.getOrDefault(y.file(), List.of())) {
      rows.add(new LinkedHashMap<>(row));
    }
    if (anyY) {
      rows.forEach(row -> copy(row, y.name(), row, ANY_Y));
    }
    var others = x.map(from -> tables.getOrDefault(from.file(), List.of()));
    if (others.isPresent() && others.get().size() != rows.size()) {
      throw new FieldException(
          "'%s' of '%s' and '%s' of '%s' cannot be joined: they have %d and %d values"
              .formatted(
                  x.get().name(),
                  x.get().file(),
                  y.name(),
                  y.file(),
                  others.get().size(),
                  rows.size()));
    }
    for (int i = 0; i < rows.size(); i++) {
      var row = rows.get(i);
      if (others.isPresent()) {
        copy(others.get().get(i), x.orElseThrow().name(), row, xName);
      } else {
        row.put(STEP, Value.of(i));
      }
      row.put("rev", Value.of(revision));
      row.put("filename", Value.of(line.file()));
      row.put("field", Value.of(line.name()));
    }
    return rows;
  }

  private static void copy(
      Map<String, Value> from, String name, Map<String, Value> to, String newName) {
    var value = from.get(name);
    if (value != null) {
      to.put(newName, value);
    }
  }

  private List<Field> ys() {
    return switch (properties.get("y").orElse(Value.none())) {
      case Value.Null() -> lastField().stream().toList();
      case Mapping files -> fields(files);
      case Value fields -> fields(Mapping.EMPTY.with(id, fields));
    };
  }

  /// Without a word about y, the last column is drawn.
  private Optional<Field> lastField() {
    for (var list : lists(sources.getOrDefault(id, Value.none()))) {
      if (!list.isEmpty() && list.stream().allMatch(Mapping.class::isInstance)) {
        var names = ((Mapping) list.getFirst()).entries().keySet();
        return names.stream()
            .reduce((_, last) -> last)
            .map(name -> new Field(id, YamlReader.text(name)));
      }
    }
    return Optional.empty();
  }

  private List<Field> xs(List<Field> ys) {
    return switch (properties.get("x").orElse(Value.none())) {
      case Value.Null() -> List.of();
      case Mapping files -> fields(files);
      case Value name when properties.get("y").orElse(Value.none()) instanceof Mapping ->
          ys.stream().map(y -> new Field(y.file(), YamlReader.text(name))).toList();
      case Value name -> List.of(new Field(id, YamlReader.text(name)));
    };
  }

  private static List<Field> fields(Mapping files) {
    var fields = new ArrayList<Field>();
    for (var entry : files.entries().entrySet()) {
      var file = YamlReader.text(entry.getKey());
      var names =
          entry.getValue() instanceof Items(var several) ? several : List.of(entry.getValue());
      names.forEach(name -> fields.add(new Field(file, YamlReader.text(name))));
    }
    return fields;
  }

  private void verify(List<Field> fields) {
    for (var field : fields) {
      var rows = tables.getOrDefault(field.file(), List.of());
      if (!rows.isEmpty() && !rows.getFirst().containsKey(field.name())) {
        throw new FieldException(
            "'%s' has no field '%s'; it has '%s'"
                .formatted(
                    field.file(), field.name(), String.join("', '", rows.getFirst().keySet())));
      }
    }
  }

  private static Set<String> names(List<Field> fields) {
    var names = new LinkedHashSet<String>();
    fields.forEach(field -> names.add(field.name()));
    return names;
  }

  private String xLabel(List<Field> xs, Set<String> names) {
    var given = label("x_label");
    return given.orElse(xs.isEmpty() ? STEP : names.size() == 1 ? xs.getFirst().name() : "x");
  }

  private Optional<String> yLabel(Set<String> names) {
    return label("y_label")
        .or(() -> names.size() > 1 ? Optional.of("y") : names.stream().findFirst());
  }

  private Optional<String> label(String key) {
    return properties.get(key).filter(value -> !value.equals(Value.none())).map(YamlReader::text);
  }

  /// How much of the beginning of all files is the same folder.
  private static int commonFolder(List<Field> ys) {
    var files = ys.stream().map(Field::file).distinct().toList();
    if (files.size() < 2) {
      return 0;
    }
    var common = List.of(files.getFirst().split("/", -1));
    for (var file : files) {
      var parts = List.of(file.split("/", -1));
      int same = 0;
      while (same < Math.min(common.size(), parts.size())
          && common.get(same).equals(parts.get(same))) {
        same++;
      }
      common = common.subList(0, same);
    }
    return String.join("/", common).length();
  }

  private static String shortened(String file, int prefix) {
    return file.substring(prefix).replaceAll("^[/\\\\]+|[/\\\\]+$", "");
  }

  /// The rows of a file: those of every list of mappings with the same keys, side by side.
  private static List<SequencedMap<String, Value>> table(Value content) {
    var rows = new ArrayList<SequencedMap<String, Value>>();
    for (var list : lists(content)) {
      if (hasSameKeys(list)) {
        for (int i = 0; i < list.size(); i++) {
          if (rows.size() <= i) {
            rows.add(new LinkedHashMap<>());
          }
          var row = rows.get(i);
          ((Mapping) list.get(i))
              .entries()
              .forEach((key, value) -> row.put(YamlReader.text(key), value));
        }
      }
    }
    return rows;
  }

  private static boolean hasSameKeys(List<Value> list) {
    return !list.isEmpty()
        && list.stream().allMatch(Mapping.class::isInstance)
        && list.stream()
            .allMatch(
                row ->
                    ((Mapping) list.getFirst())
                        .entries()
                        .keySet()
                        .containsAll(((Mapping) row).entries().keySet()));
  }

  private static List<List<Value>> lists(Value content) {
    return switch (content) {
      case Items(var values) -> List.of(values);
      case Mapping mapping -> {
        var lists = new ArrayList<List<Value>>();
        mapping.entries().values().forEach(value -> lists.addAll(lists(value)));
        yield lists;
      }
      case Value _ -> List.of();
    };
  }
}
