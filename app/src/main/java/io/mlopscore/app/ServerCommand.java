package io.mlopscore.app;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `mlops server`: as `mlflow server`.
@Command(
    description = "Serves the tracking API and the console.",
    footer = {
      "%nEnvironment: MLOPS_TRACKING_PORT, MLFLOW_HOST, MLFLOW_PORT, MLFLOW_BACKEND_STORE_URI,",
      "MLFLOW_ARTIFACTS_DESTINATION."
    },
    mixinStandardHelpOptions = true,
    subcommands = {ServerGcCommand.class, ServerImportCommand.class})
final class ServerCommand implements Callable<Integer> {
  @Option(
      names = {"--host"},
      description = "Address to listen on (127.0.0.1).")
  private @Nullable String host;

  @Option(
      names = {"-p", "--port"},
      description = "Port to listen on (5000).")
  private @Nullable String port;

  @Option(names = "--backend-store-uri", description = "The database (sqlite:///mlflow.db).")
  private @Nullable String store;

  @Option(
      names = "--artifacts-destination",
      description = "Folder, s3:// or gs:// URI behind mlflow-artifacts:/ (mlartifacts).")
  private @Nullable String artifacts;

  @Option(
      names = "--default-artifact-root",
      description = "Where new experiments keep artifacts (mlflow-artifacts:/).")
  private @Nullable String artifactRoot;

  @Option(
      names = "--expose-prometheus",
      paramLabel = "DIR",
      description = "Serve /metrics on other than loopback addresses too; DIR is not used.")
  private @Nullable String metrics;

  @Override
  public Integer call() throws IOException, InterruptedException {
    var flags = new HashMap<String, String>();
    put(flags, "host", host);
    put(flags, "port", port);
    put(flags, "backend-store-uri", store);
    put(flags, "artifacts-destination", artifacts);
    put(flags, "default-artifact-root", artifactRoot);
    put(flags, "expose-prometheus", metrics);
    var settings = ServerSettings.read(Path.of(""), flags, System.getenv());
    var service = TrackingService.start(settings);
    System.out.printf("tracking API and console  http://%s:%d%n", settings.host(), service.port());
    Stopping.awaitSignal(service::close);
    return 0;
  }

  private static void put(Map<String, String> flags, String name, @Nullable String value) {
    if (value != null) {
      flags.put(name, value);
    }
  }
}
