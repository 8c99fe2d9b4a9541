package io.mlopscore.training;

import io.mlopscore.training.csv.CsvFile;
import io.mlopscore.training.csv.CsvRow;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// Divides a CSV file into one for training and one for testing, both with its header and with
/// rows as they were, in their order.
public final class DataSplit {
  private DataSplit() {}

  /// @throws TrainingException if the file is not a table with the target, or too small to divide
  public static StratifiedSplit write(
      CsvFile file, DataParams params, Path trainFile, Path testFile) throws IOException {
    var table = Table.of(file, params.target());
    var split = StratifiedSplit.of(table.labels(), params.testSize(), params.randomState());
    Outputs.write(trainFile, file.text(rows(file, split.train())));
    Outputs.write(testFile, file.text(rows(file, split.test())));
    return split;
  }

  private static List<CsvRow> rows(CsvFile file, List<Integer> chosen) {
    return chosen.stream().map(row -> file.rows().get(row)).toList();
  }
}
