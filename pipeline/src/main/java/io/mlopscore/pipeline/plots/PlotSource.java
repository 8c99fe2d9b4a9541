package io.mlopscore.pipeline.plots;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mlopscore.pipeline.PipelineException;
import io.mlopscore.pipeline.params.JsonParams;
import io.mlopscore.pipeline.yaml.Value;
import io.mlopscore.pipeline.yaml.Value.Items;
import io.mlopscore.pipeline.yaml.Value.Mapping;
import io.mlopscore.pipeline.yaml.YamlReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/// Reads a file that plots take data from.
final class PlotSource {
  private PlotSource() {}

  /// @param hasHeader whether the first line of a table names its columns; if not, they are `0`,
  ///     `1` and so on
  /// @throws PipelineException when it is of no kind that has data
  /// @throws io.mlopscore.pipeline.yaml.YamlException when it cannot be read
  static Value read(String path, byte[] content, boolean hasHeader) {
    var text = new String(content, UTF_8);
    return switch (PlotDefinition.extension(path)) {
      case "csv" -> table(text, ',', hasHeader);
      case "tsv" -> table(text, '\t', hasHeader);
      case "json" -> JsonParams.read(text, path);
      case "yaml", "yml" -> YamlReader.read(text, path);
      default ->
          throw new PipelineException(
              "'%s': a plot takes data from JSON, YAML, CSV and TSV files".formatted(path));
    };
  }

  private static Value table(String text, char separator, boolean hasHeader) {
    var rows = rows(text, separator);
    if (rows.isEmpty()) {
      return new Items(List.of());
    }
    var names = new ArrayList<String>();
    for (int i = 0; i < rows.getFirst().size(); i++) {
      names.add(hasHeader ? rows.getFirst().get(i) : Integer.toString(i));
    }
    var values = new ArrayList<Value>();
    for (var row : hasHeader ? rows.subList(1, rows.size()) : rows) {
      var value = new LinkedHashMap<Value, Value>();
      for (int i = 0; i < names.size(); i++) {
        value.put(Value.of(names.get(i)), i < row.size() ? Value.of(row.get(i)) : Value.none());
      }
      values.add(new Mapping(value));
    }
    return new Items(values);
  }

  /// Cells as RFC 4180 has them: those in quotes may hold separators, line ends and doubled quotes.
  private static List<List<String>> rows(String text, char separator) {
    var rows = new ArrayList<List<String>>();
    var row = new ArrayList<String>();
    var cell = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quoted) {
        boolean doubled = c == '"' && i + 1 < text.length() && text.charAt(i + 1) == '"';
        if (c != '"' || doubled) {
          cell.append(c);
          i += doubled ? 1 : 0;
        } else {
          quoted = false;
        }
      } else if (c == '"' && cell.isEmpty()) {
        quoted = true;
      } else if (c == separator) {
        row.add(cell.toString());
        cell.setLength(0);
      } else if (c == '\n') {
        end(rows, row, cell);
      } else if (c != '\r') {
        cell.append(c);
      }
    }
    end(rows, row, cell);
    return rows;
  }

  /// Empty lines are no rows.
  private static void end(List<List<String>> rows, List<String> row, StringBuilder cell) {
    if (!row.isEmpty() || !cell.isEmpty()) {
      row.add(cell.toString());
      rows.add(List.copyOf(row));
    }
    row.clear();
    cell.setLength(0);
  }
}
