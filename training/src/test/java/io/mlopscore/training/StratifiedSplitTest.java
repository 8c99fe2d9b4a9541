package io.mlopscore.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlopscore.training.csv.CsvFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Both sides look like the whole, and the seed decides.
class StratifiedSplitTest {
  @TempDir Path directory;

  @Test
  void everyLabelHasItsShareOnBothSides() {
    var iris = Iris.table();
    var split = StratifiedSplit.of(iris.labels(), 0.2, 42);

    for (var label : iris.classes()) {
      assertThat(split.test()).filteredOn(row -> iris.label(row).equals(label)).hasSize(10);
      assertThat(split.train()).filteredOn(row -> iris.label(row).equals(label)).hasSize(40);
    }
    assertThat(split.train()).doesNotContainAnyElementsOf(split.test());
  }

  @Test
  void seedDecides() {
    var labels = Iris.table().labels();

    assertThat(StratifiedSplit.of(labels, 0.2, 1)).isEqualTo(StratifiedSplit.of(labels, 0.2, 1));
    assertThat(StratifiedSplit.of(labels, 0.2, 1)).isNotEqualTo(StratifiedSplit.of(labels, 0.2, 2));
  }

  @Test
  void labelThatCannotBeOnBothSidesIsNamed() {
    var labels = List.of("a", "a", "a", "a", "b", "c", "c");

    assertThatThrownBy(() -> StratifiedSplit.of(labels, 0.2, 1))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("data.test_size = 0.2: too few rows of 'b' (1), 'c' (2); each")
        .hasMessageContaining("needs 3 or more");
    assertThatThrownBy(() -> StratifiedSplit.of(labels, 0.9, 1))
        .hasMessageContaining("'a' (4), 'b' (1), 'c' (2); each label needs 6 or more");
    assertThatThrownBy(() -> StratifiedSplit.of(labels, 1e-12, 1))
        .hasMessageContaining("each label needs 50000000000");
  }

  @Test
  void numbersOfAllKindsAreNoLabels() {
    var few = List.of("0.848", "1.2", "3", "-1e3", "0.5");
    assertThatThrownBy(() -> StratifiedSplit.of(few, 0.2, 1))
        .hasMessageContaining("the target is numeric, 5 different numbers in 5 rows such as")
        .hasMessageContaining("only classification is supported");

    var years = new ArrayList<>(IntStream.range(0, 90).mapToObj(i -> "" + i % 30).toList());
    assertThat(StratifiedSplit.of(years, 0.2, 1).test()).hasSize(30);
    years.add("77");
    assertThatThrownBy(() -> StratifiedSplit.of(years, 0.2, 1))
        .hasMessageContaining("the target is numeric");
  }

  @Test
  void aRareGradeIsStillALabel() {
    var grades = List.of("1", "1", "1", "1", "2", "2", "2", "2", "3");

    assertThatThrownBy(() -> StratifiedSplit.of(grades, 0.2, 1))
        .hasMessageContaining("too few rows of '3' (1)");
  }

  @Test
  void oneLabelIsNotEnoughToSplit() throws IOException {
    var file = Files.writeString(directory.resolve("t.csv"), "x,kind\n1,a\n2,a\n3,a\n");

    assertThatThrownBy(() -> DataSplit.of(CsvFile.read(file), new DataParams("kind", 0.2, 42)))
        .hasMessageContaining("one label only");
  }

  @Test
  void filesTogetherHoldEveryRowAsItWas() throws IOException {
    var train = directory.resolve("deep/er/train.csv");
    var test = directory.resolve("test.csv");
    DataSplit.write(CsvFile.read(Iris.FILE), new DataParams("species", 0.2, 42), train, test);

    var together = Files.readAllLines(train);
    together.addAll(Files.readAllLines(test).subList(1, 31));
    Collections.sort(together);
    var whole = Files.readAllLines(Iris.FILE);
    Collections.sort(whole);
    assertThat(together).isEqualTo(whole);
  }
}
