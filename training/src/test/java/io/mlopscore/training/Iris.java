package io.mlopscore.training;

import io.mlopscore.model.Column;
import io.mlopscore.model.ColumnType;
import io.mlopscore.model.Signature;
import io.mlopscore.training.csv.CsvFile;
import java.nio.file.Path;
import java.util.List;

/// The flowers of `examples/iris`.
final class Iris {
  static final Path FILE = Path.of("../examples/iris/data/iris.csv");

  private Iris() {}

  static Table table() {
    return Table.of(CsvFile.read(FILE), "species");
  }

  static Table rows(Table table, List<Integer> rows) {
    return new Table(
        table.target(),
        table.features(),
        rows.stream().map(table::row).toList(),
        rows.stream().map(table::label).toList());
  }

  static Signature signature() {
    return new Signature(
        table().features().stream().map(name -> new Column(name, ColumnType.DOUBLE, true)).toList(),
        List.of());
  }
}
