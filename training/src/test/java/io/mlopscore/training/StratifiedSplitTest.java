package io.mlopscore.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlopscore.training.csv.CsvFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
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
    assertThatThrownBy(() -> StratifiedSplit.of(List.of("a", "a", "a", "b"), 0.5, 1))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("label 'b'");
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
