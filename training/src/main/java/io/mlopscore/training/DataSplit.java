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

  /// @throws TrainingException if a classifier cannot learn from the file, or it is too small to
  ///     divide
  public static StratifiedSplit of(CsvFile file, DataParams params) {
    var table = Table.of(file, params.target());
    table.requireClasses();
    return StratifiedSplit.of(table.labels(), params.testSize(), params.randomState());
  }

  /// @throws TrainingException as [#of(CsvFile, DataParams)]
  public static StratifiedSplit write(
      CsvFile file, DataParams params, Path trainFile, Path testFile) throws IOException {
    var split = of(file, params);
    Outputs.write(trainFile, file.text(rows(file, split.train())));
    Outputs.write(testFile, file.text(rows(file, split.test())));
    return split;
  }

  private static List<CsvRow> rows(CsvFile file, List<Integer> chosen) {
    return chosen.stream().map(row -> file.rows().get(row)).toList();
  }
}
