package io.mlopscore.app;

import io.mlopscore.model.ModelFolder;
import io.mlopscore.tracking.Tracking;
import io.mlopscore.training.Evaluation;
import io.mlopscore.training.EvaluationJob;
import io.mlopscore.training.ModelEvaluation;
import io.mlopscore.training.csv.CsvFile;
import io.mlopscore.training.yaml.ParamsFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `mlops evaluate`.
@Command(
    description = {
      "Evaluates a trained model on rows it has not seen.",
      "The figures are written to a file and logged to the run that made the model."
    },
    mixinStandardHelpOptions = true)
final class EvaluateCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "CSV",
      arity = "0..1",
      defaultValue = "data/processed/test.csv",
      description = "the test rows (default: ${DEFAULT-VALUE})")
  private Path data = Path.of("");

  @Option(
      names = "--params",
      defaultValue = "params.yaml",
      description = "its `data` section has the target (default: ${DEFAULT-VALUE})")
  private Path params = Path.of("");

  @Option(
      names = "--model",
      defaultValue = "models/model",
      description = "the model folder (default: ${DEFAULT-VALUE})")
  private Path model = Path.of("");

  @Option(
      names = "--metrics",
      defaultValue = "models/metrics.json",
      description = "where the figures go (default: ${DEFAULT-VALUE})")
  private Path metrics = Path.of("");

  @Option(
      names = "--confusion-matrix",
      defaultValue = "models/confusion_matrix.png",
      description = "where the picture goes (default: ${DEFAULT-VALUE})")
  private Path picture = Path.of("");

  @Option(
      names = "--roc",
      description = "where the ROC curve of each class goes, as CSV; none is written without it")
  private Optional<Path> roc = Optional.empty();

  @Override
  public Integer call() throws IOException {
    var job =
        new EvaluationJob(
            CsvFile.read(data),
            ParamsFile.read(params).data(),
            ModelFolder.open(model),
            metrics,
            picture,
            roc);
    try (var tracking = Tracking.open(TrackingUri.ofEnvironment(), Path.of(""))) {
      var evaluation =
          new ModelEvaluation(tracking.store(), tracking.artifacts(), Clock.systemUTC());
      print(evaluation.run(job));
    }
    return 0;
  }

  private void print(Evaluation evaluation) {
    System.out.printf(
        "accuracy %.4f  precision %.4f  recall %.4f  f1 %.4f  log loss %.4f  (%d rows)%n",
        evaluation.accuracy(),
        evaluation.precision(),
        evaluation.recall(),
        evaluation.f1(),
        evaluation.logLoss(),
        evaluation.matrix().total());
    System.out.print(evaluation.matrix().text());
    System.out.printf("%s, %s%s%n", metrics, picture, roc.map(file -> ", " + file).orElse(""));
  }
}
