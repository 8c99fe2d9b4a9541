package io.mlopscore.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlopscore.training.csv.CsvFile;
import io.mlopscore.training.csv.CsvRow;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A CSV file as features and labels.
class TableTest {
  @Test
  void targetMayStandAnywhere() {
    var table = Table.of(file(List.of("x", "kind", "y"), List.of("1", "b", "2.5")), "kind");

    assertThat(table.features()).containsExactly("x", "y");
    assertThat(table.row(0)).containsExactly(1, 2.5);
    assertThat(table.classes()).containsExactly("b");
  }

  @Test
  void absentTargetIsToldWithTheColumnsThereAre() {
    var file = file(List.of("x", "y"), List.of("1", "2"));

    assertThatThrownBy(() -> Table.of(file, "kind"))
        .isInstanceOf(TrainingException.class)
        .hasMessage("t.csv: no column 'kind', which `data.target` names; the columns are x, y");
  }

  @Test
  void badNumberIsToldWithFileLineAndColumn() {
    for (var text : List.of("", "abc", "NaN", "Infinity")) {
      var file = file(List.of("x", "kind"), List.of(text, "a"));

      assertThatThrownBy(() -> Table.of(file, "kind"))
          .hasMessage("t.csv, line 7, column 'x': '" + text + "' is not a finite number");
    }
  }

  @Test
  void emptyLabelIsToldWithFileLineAndColumn() {
    var file = file(List.of("x", "kind"), List.of("1", ""));

    assertThatThrownBy(() -> Table.of(file, "kind"))
        .hasMessage("t.csv, line 7, column 'kind': no label");
  }

  @Test
  void noRowsAreToldAsWell() {
    var file = new CsvFile(Path.of("t.csv"), List.of("x", "kind"), List.of());

    assertThatThrownBy(() -> Table.of(file, "kind")).hasMessage("t.csv: no rows");
  }

  private static CsvFile file(List<String> header, List<String> row) {
    return new CsvFile(Path.of("t.csv"), header, List.of(new CsvRow(7, row)));
  }
}
