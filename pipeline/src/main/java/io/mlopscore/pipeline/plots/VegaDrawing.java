package io.mlopscore.pipeline.plots;

import io.mlopscore.pipeline.plots.DataPoints.Field;
import io.mlopscore.pipeline.yaml.JsonText;
import io.mlopscore.pipeline.yaml.Value;
import io.mlopscore.pipeline.yaml.Value.Items;
import io.mlopscore.pipeline.yaml.Value.Mapping;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Function;

/// Fills a template.
///
/// Which file and which column a row is of is only kept in the rows where several are drawn, and
/// told apart by dashes, shapes or panels.
final class VegaDrawing {
  private static final String BETWEEN = "::";
  private static final long SIDE = 300;

  private static final List<Value> COLORS =
      texts("#945dd6", "#13adc7", "#f46837", "#48bb78", "#4299e1", "#ed8936", "#f56565");
  private static final List<Value> SHAPES = texts("circle", "square", "triangle", "diamond");
  private static final List<Value> DASHES =
      List.of(dash(1, 0), dash(8, 8), dash(8, 4), dash(4, 4), dash(4, 2), dash(2, 1), dash(1, 1));

  /// What is given apart when a drawing is asked for in pieces.
  private static final Set<String> PIECES =
      Set.of(
          "color",
          "data",
          "plot_height",
          "plot_width",
          "shape",
          "stroke_dash",
          "title",
          "tooltip",
          "x_label",
          "y_label",
          "zoom_and_pan");

  /// What a template may leave out.
  private static final List<String> OPTIONAL =
      List.of(
          "color",
          "column",
          "group_by_x",
          "group_by_y",
          "group_by",
          "pivot_field",
          "plot_height",
          "plot_width",
          "row",
          "shape",
          "stroke_dash",
          "tooltip",
          "zoom_and_pan");

  private final String title;
  private final DataPoints.Result first;
  private final List<String> revisions;
  private final boolean inPieces;
  private final Map<String, Value> pieces = new LinkedHashMap<>();
  private Template template;

  /// @param first of the first revision that has data: its columns are drawn
  VegaDrawing(
      Template template,
      String title,
      DataPoints.Result first,
      List<String> revisions,
      boolean inPieces) {
    this.template = template;
    this.title = title;
    this.first = first;
    this.revisions = revisions;
    this.inPieces = inPieces;
  }

  Plot.Vega of(String name, List<SequencedMap<String, Value>> rows) {
    var shown = rows;
    if (OPTIONAL.stream().anyMatch(template::has)) {
      var told = first.lines().size() > 1 ? differing() : List.<String>of();
      fillOptional(told);
      shown = rows.stream().map(row -> told(row, told)).toList();
    }
    fill("title", Value.of(title));
    fill("x", Value.of(escaped(first.x())));
    first.y().ifPresent(y -> fill("y", Value.of(escaped(y))));
    fill("x_label", Value.of(first.xLabel()));
    first.yLabel().ifPresent(label -> fill("y_label", Value.of(label)));
    fill("data", new Items(shown.stream().map(VegaDrawing::mapping).toList()));
    return new Plot.Vega(name, revisions, template.content(), pieces);
  }

  /// What tells the columns apart: their files, their names, or both.
  private List<String> differing() {
    var differing = new ArrayList<String>();
    if (first.lines().stream().map(Field::file).distinct().count() > 1) {
      differing.add("filename");
    }
    if (first.lines().stream().map(Field::name).distinct().count() > 1) {
      differing.add("field");
    }
    return differing;
  }

  private void fillOptional(List<String> told) {
    fill("color", scale("rev", revisions.stream().map(Value::of).toList(), COLORS));
    fill("zoom_and_pan", zoom());
    fill("plot_height", Value.of(SIDE));
    fill("plot_width", Value.of(SIDE));
    var by = new ArrayList<>(List.of(Value.of("rev")));
    var pivot = new StringBuilder("datum.rev");
    var columns = new ArrayList<>(List.of("rev", first.x()));
    first.y().ifPresent(columns::add);
    if (!told.isEmpty()) {
      var joined = String.join(BETWEEN, told);
      by.add(Value.of(joined));
      columns.add(joined);
      told.forEach(key -> pivot.append(" + '").append(BETWEEN).append("' + datum.").append(key));
      var panels = Mapping.EMPTY.with("field", Value.of(joined)).with("sort", new Items(List.of()));
      fill("row", panels);
      fill("column", panels);
      fill("stroke_dash", withLegend(scale(joined, names(told), DASHES)));
      fill("shape", withLegend(scale(joined, names(told), SHAPES)));
    }
    fill("group_by", new Items(by));
    fill("group_by_x", with(by, first.x()));
    fill("group_by_y", first.y().map(y -> (Value) with(by, y)).orElse(new Items(by)));
    fill("pivot_field", Value.of(pivot.toString()));
    fill(
        "tooltip",
        new Items(
            columns.stream()
                .map(column -> (Value) Mapping.EMPTY.with("field", Value.of(column)))
                .toList()));
    OPTIONAL.stream().filter(template::has).forEach(gap -> leave(gap));
  }

  /// What is not told apart is not encoded; in pieces, a gap that was given apart stays one.
  private void leave(String gap) {
    if (!pieces.containsKey(Template.gap(gap))) {
      template = template.with(gap, Mapping.EMPTY);
    }
  }

  private static Items with(List<Value> by, String column) {
    var all = new ArrayList<>(by);
    all.add(Value.of(column));
    return new Items(all);
  }

  private static Mapping zoom() {
    return Mapping.EMPTY
        .with("name", Value.of("grid"))
        .with("select", Value.of("interval"))
        .with("bind", Value.of("scales"));
  }

  private List<Value> names(List<String> told) {
    Function<Field, String> name =
        told.size() > 1
            ? line -> line.file() + BETWEEN + line.name()
            : told.getFirst().equals("filename") ? Field::file : Field::name;
    return first.lines().stream()
        .map(name)
        .distinct()
        .sorted(JsonText.BY_CODE_POINT)
        .map(Value::of)
        .toList();
  }

  /// Values in turn, from the beginning again when there are not enough.
  private static Mapping scale(String field, List<Value> domain, List<Value> values) {
    var range = new ArrayList<Value>();
    for (int i = 0; i < domain.size(); i++) {
      range.add(values.get(i % values.size()));
    }
    var scale = Mapping.EMPTY.with("domain", new Items(domain)).with("range", new Items(range));
    return Mapping.EMPTY.with("field", Value.of(field)).with("scale", scale);
  }

  private static Mapping withLegend(Mapping scale) {
    var legend =
        Mapping.EMPTY
            .with("symbolFillColor", Value.of("transparent"))
            .with("symbolStrokeColor", Value.of("grey"));
    return scale.with("legend", legend);
  }

  private void fill(String gap, Value value) {
    if (inPieces && PIECES.contains(gap)) {
      if (!OPTIONAL.contains(gap) || template.has(gap)) {
        pieces.put(Template.gap(gap), value);
      }
    } else {
      template = template.with(gap, value);
    }
  }

  private static SequencedMap<String, Value> told(
      SequencedMap<String, Value> row, List<String> told) {
    var shown = new LinkedHashMap<>(row);
    if (told.size() > 1) {
      var joined = new ArrayList<String>();
      for (var key : told) {
        joined.add(row.getOrDefault(key, Value.of("")) instanceof Value.Text(var text) ? text : "");
      }
      shown.put(String.join(BETWEEN, told), Value.of(String.join(BETWEEN, joined)));
    }
    if (told.size() != 1 || !told.contains("filename")) {
      shown.remove("filename");
    }
    if (told.size() != 1 || !told.contains("field")) {
      shown.remove("field");
    }
    return shown;
  }

  private static Value mapping(Map<String, Value> row) {
    var entries = new LinkedHashMap<Value, Value>();
    row.forEach((key, value) -> entries.put(Value.of(key), value));
    return new Mapping(entries);
  }

  /// In Vega-Lite, a dot or bracket in the name of a field reaches into an object.
  private static String escaped(String field) {
    return field.replace(".", "\\.").replace("[", "\\[").replace("]", "\\]");
  }

  private static List<Value> texts(String... texts) {
    return List.of(texts).stream().map(Value::of).toList();
  }

  private static Value dash(long on, long off) {
    return new Items(List.of(Value.of(on), Value.of(off)));
  }
}
