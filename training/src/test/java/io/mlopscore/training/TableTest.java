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
  void everyBadColumnIsToldOnceWithItsFirstLineAndHowManyRows() {
    var file =
        new CsvFile(
            Path.of("t.csv"),
            List.of("x", "color", "age", "kind"),
            List.of(
                new CsvRow(2, List.of("1", "red", "7", "a")),
                new CsvRow(3, List.of("2", "blue", "", "")),
                new CsvRow(4, List.of("3", "red", "NaN", "b"))));

    assertThatThrownBy(() -> Table.of(file, "kind"))
        .isInstanceOf(TrainingException.class)
        .hasMessage(
            """
            t.csv: columns must hold finite numbers, and the target a label in every row:
              line 2, column 'color': 'red' is not a finite number (3 of 3 rows)
              line 3, column 'age': no value (2 of 3 rows)
              line 3, column 'kind': no label (1 of 3 rows)
            Drop such a column or encode it as numbers; drop or mend such rows if they are few.""");
  }

  @Test
  void onlyFiniteNumbersAreNumbers() {
    for (var text : List.of("", "abc", "NaN", "Infinity", "true", "2026-01-01")) {
      var file = file(List.of("x", "kind"), List.of(text, "a"));

      assertThatThrownBy(() -> Table.of(file, "kind")).hasMessageContaining("line 7, column 'x'");
    }
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
