package io.mlopscore.app;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `mlops server`: as `mlflow server`.
@Command(
    description = "Serves the tracking API and the console.",
    footer = {
      "%nEnvironment: MLOPS_TRACKING_PORT, MLFLOW_HOST, MLFLOW_PORT, MLFLOW_BACKEND_STORE_URI, "
          + "MLFLOW_ARTIFACTS_DESTINATION and more; docs/reference/settings.md lists them."
    })
class ServerCommand implements Callable<Integer> {
  /// The same with what is done to a database instead of serving it.
  @Command(
      subcommands = {
        ServerDbCommand.class,
        ServerGcCommand.class,
        ServerImportCommand.class,
        ServerTokensCommand.class
      })
  private static final class WithSubcommands extends ServerCommand {}

  @Option(
      names = {"-h", "--host"},
      description = "Address to listen on (127.0.0.1).")
  private @Nullable String host;

  @SuppressWarnings("UnusedVariable") // picocli reads it; -h is the host, as in MLflow
  @Option(names = "--help", usageHelp = true, description = "Show this and exit.")
  private boolean help;

  @Option(
      names = {"-p", "--port"},
      description = "Port to listen on (5000).")
  private @Nullable String port;

  @Mixin private final StorageOptions storage = new StorageOptions();
  @Mixin private final NetworkOptions network = new NetworkOptions();
  @Mixin private final PythonOptions python = new PythonOptions();

  @Option(
      names = "--env-file",
      description = "File of NAME=value lines, for settings that the environment leaves out.")
  private @Nullable Path envFile;

  @Option(
      names = "--expose-prometheus",
      paramLabel = "DIR",
      description = "Serve /metrics on other than loopback addresses too; DIR is not used.")
  private @Nullable String metrics;

  @Option(
      names = "--app-name",
      description = "Who may use it: basic-auth for users with passwords, oidc for a provider.")
  private @Nullable String app;

  @Option(
      names = "--audit-log",
      paramLabel = "FILE",
      description =
          "Where each write is told (audit.log beside the users); - for standard output, none.")
  private @Nullable String audit;

  @Option(
      names = "--allow-anonymous",
      description = "Listen on other than loopback addresses though nobody has to log in.")
  private boolean anonymous;

  /// Reading the subcommands' options takes a fifth of a server's start, so they are left out where
  /// options alone follow.
  static ServerCommand of(List<String> args) {
    boolean serves = args.isEmpty() || args.getFirst().startsWith("-");
    return serves && !args.contains("--help") ? new ServerCommand() : new WithSubcommands();
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    var flags = new HashMap<String, String>();
    put(flags, "host", host);
    put(flags, "port", port);
    storage.into(flags);
    network.into(flags);
    put(flags, "expose-prometheus", metrics);
    put(flags, "app-name", app);
    put(flags, "audit-log", audit);
    put(flags, "allow-anonymous", anonymous ? "true" : null);
    var env = envFile == null ? System.getenv() : EnvFile.over(System.getenv(), envFile);
    python.requireServed(env);
    python.remarks().forEach(remark -> System.err.println("mlops: " + remark));
    var folder = ServedFolder.named(flags, env);
    if (folder.isPresent()) {
      serveFolder(folder.get(), flags, env);
    } else {
      var settings = ServerSettings.read(Path.of(""), flags, env);
      var service = TrackingService.start(settings);
      Stopping.awaitSignal(ready(settings, service), service::close);
    }
    return 0;
  }

  private static void serveFolder(Path folder, Map<String, String> flags, Map<String, String> env)
      throws IOException, InterruptedException {
    var served = ServedFolder.open(folder);
    try {
      flags.put("backend-store-uri", served.uri());
      var settings = ServerSettings.read(Path.of(""), flags, env);
      var service = TrackingService.startClosing(settings, served.database());
      Stopping.awaitSignal(
          ready(settings, service),
          () -> {
            service.close();
            served.close();
          });
    } catch (IOException | RuntimeException e) {
      served.close();
      throw e;
    }
  }

  private static String ready(ServerSettings settings, TrackingService service) {
    return "tracking API and console  http://%s:%d%n".formatted(settings.host(), service.port());
  }

  static void put(Map<String, String> flags, String name, @Nullable String value) {
    if (value != null) {
      flags.put(name, value);
    }
  }
}
