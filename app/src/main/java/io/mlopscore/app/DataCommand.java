package io.mlopscore.app;

import io.mlopscore.app.pipeline.DataStatusCommand;
import io.mlopscore.training.DataSplit;
import io.mlopscore.training.csv.CsvFile;
import io.mlopscore.training.yaml.ParamsFile;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `mlops data`.
@Command(
    description = "Prepares tables for training; shows how data differs from what is recorded.",
    mixinStandardHelpOptions = true,
    subcommands = DataStatusCommand.class,
    subcommandsRepeatable = false)
final class DataCommand {

  @Command(
      name = "split",
      description =
          "Divides a CSV file into training and test rows, with the same share of every label.",
      mixinStandardHelpOptions = true)
  int split(
      @Parameters(paramLabel = "CSV", description = "the table") Path data,
      @Option(
              names = "--train-out",
              defaultValue = "data/processed/train.csv",
              description = "where the training rows go (default: ${DEFAULT-VALUE})")
          Path trainOut,
      @Option(
              names = "--test-out",
              defaultValue = "data/processed/test.csv",
              description = "where the test rows go (default: ${DEFAULT-VALUE})")
          Path testOut,
      @Option(
              names = "--params",
              defaultValue = "params.yaml",
              description =
                  "its `data` section has target, test_size, random_state"
                      + " (default: ${DEFAULT-VALUE})")
          Path params)
      throws IOException {
    var settings = ParamsFile.read(params).data();
    var split = DataSplit.write(CsvFile.read(data), settings, trainOut, testOut);
    System.out.printf("%s: %d rows%n", trainOut, split.train().size());
    System.out.printf("%s: %d rows%n", testOut, split.test().size());
    return 0;
  }
}
