package io.mlopscore.app;

import io.mlopscore.app.pipeline.ReproCommand;
import io.mlopscore.app.pipeline.ReproProgress;
import io.mlopscore.pipeline.Pipeline;
import io.mlopscore.pipeline.PipelineException;
import io.mlopscore.pipeline.ReproOptions;
import io.mlopscore.pipeline.remote.RemoteUrls;
import io.mlopscore.pipeline.yaml.YamlException;
import io.mlopscore.serving.ServingSettings;
import io.mlopscore.tracking.Tracking;
import io.mlopscore.tracking.http.ListenAddress;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/// `mlops up`: from the data to a served model, in one process.
@Command(
    description = {
      "Reproduces the pipeline, registers the model that it made, and serves it:",
      "the prediction API, and the tracking API with the console."
    },
    footer = "%nEnvironment: as `mlops serve` and `mlops server`.",
    mixinStandardHelpOptions = true)
final class UpCommand implements Callable<Integer> {
  private final Path directory = Path.of("");
  private final Map<String, String> environment = System.getenv();

  @Override
  public Integer call() throws IOException, InterruptedException {
    var project = Project.open(directory);
    var prediction = PredictionService.settings(directory, Map.of(), environment);
    var server = ServerSettings.read(directory, Map.of(), environment);
    server.address().requireFree();
    address(prediction).requireFree();
    if (!reproduce()) {
      return ReproCommand.FAILED;
    }
    serve(project, server);
    return 0;
  }

  private static ListenAddress address(ServingSettings settings) {
    return new ListenAddress(settings.host(), settings.port(), "MLOPS_API_PORT", "");
  }

  private boolean reproduce() throws IOException {
    var pipeline = Pipeline.open(directory, new RemoteUrls());
    try {
      var progress = new ReproProgress(pipeline, ReproOptions.DEFAULT, System.out);
      return progress.summary(pipeline.reproduce(ReproOptions.DEFAULT, progress));
    } catch (PipelineException | YamlException e) {
      System.err.println("ERROR: " + e.getMessage());
      return false;
    }
  }

  private void serve(Project project, ServerSettings server)
      throws IOException, InterruptedException {
    var remote = TrackingUri.ofEnvironment();
    if (remote.startsWith("http")) {
      try (var tracking = Tracking.open(remote, directory)) {
        serve(project, tracking, remote, () -> {});
      }
    } else {
      var service = TrackingService.start(server);
      var console = "http://" + server.host() + ":" + service.port();
      serve(project, service.tracking(), console, service::close);
    }
  }

  /// @param console where runs can be looked at
  /// @param stop ends what was started to track them
  private void serve(Project project, Tracking tracking, String console, Runnable stop)
      throws IOException, InterruptedException {
    var newcomer = Newcomer.register(project, tracking, TrainedRun.read(directory));
    System.out.print(newcomer.report());
    var output = new FileOutputStream(FileDescriptor.out);
    var prediction = PredictionService.start(directory, Map.of(), environment, output);
    var ready =
        Ready.text(
            prediction.address(),
            console,
            Ready.example(directory),
            environment.containsKey("API_KEY"));
    Stopping.awaitSignal(
        ready,
        () -> {
          prediction.close();
          stop.run();
        });
  }
}
