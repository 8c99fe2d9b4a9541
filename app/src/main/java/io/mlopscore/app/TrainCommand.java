package io.mlopscore.app;

import io.mlopscore.tracking.Tracking;
import io.mlopscore.training.Training;
import io.mlopscore.training.TrainingJob;
import io.mlopscore.training.csv.CsvFile;
import io.mlopscore.training.yaml.ParamsFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `mlops train`.
@Command(
    description = {
      "Trains a classifier on a CSV file and logs it as a run.",
      "The algorithm is in the params file, the experiment in mlops.yaml, the tracking server in"
          + " MLFLOW_TRACKING_URI."
    },
    mixinStandardHelpOptions = true)
final class TrainCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "CSV",
      arity = "0..1",
      defaultValue = "data/processed/train.csv",
      description = "the training rows (default: ${DEFAULT-VALUE})")
  private Path data = Path.of("");

  @Option(
      names = "--params",
      defaultValue = "params.yaml",
      description = "target, algorithm and its settings (default: ${DEFAULT-VALUE})")
  private Path params = Path.of("");

  @Option(
      names = "--model",
      defaultValue = "models/model",
      description = "the model folder to write (default: ${DEFAULT-VALUE})")
  private Path model = Path.of("");

  @Option(
      names = "--metadata",
      defaultValue = "models/metadata.json",
      description = "where to say which run made it (default: ${DEFAULT-VALUE})")
  private Path metadata = Path.of("");

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    var settings = ParamsFile.read(params);
    if (!settings.ignored().isEmpty()) {
      System.out.printf(
          "%s: %s has no %s; ignored%n",
          params, settings.algorithm().key(), String.join(", ", settings.ignored()));
    }
    var project = Project.open(Path.of("")).model();
    var job =
        new TrainingJob(
            CsvFile.read(data), settings, project.experiment(), project.ranges(), model, metadata);
    var origin = Origins.of("mlops train", spec.commandLine().getParseResult().originalArgs());
    try (var tracking = Tracking.open(TrackingUri.ofEnvironment(), Path.of(""))) {
      var training =
          new Training(tracking.store(), tracking.artifacts(), origin, Clock.systemUTC());
      var trained = training.run(job);
      var run = trained.run().info();
      System.out.printf(
          "%s of %s: %d rows, classes %s%n",
          trained.folder().description().modelType(),
          data,
          trained.folder().description().trainingRows(),
          String.join(", ", trained.folder().description().classes()));
      System.out.printf("run %s (%s) in %s%n", run.runName(), run.runId(), project.experiment());
      System.out.printf("model in %s%n", model);
    }
    return 0;
  }
}
