package io.mlopscore.app;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `mlops serve`: the prediction API alone.
@Command(
    description = {
      "Serves the model of this project over HTTP.",
      "Settings come from flags, the environment, mlops.yaml and defaults, in this order."
    },
    footer = {
      "%nEnvironment: ENVIRONMENT (development, staging, production), API_KEY, API_KEYS_FILE, "
          + "CORS_ORIGINS, LOG_LEVEL, MODEL_DIR, MLFLOW_TRACKING_URI, TRUSTED_PROXIES, MLOPS_API_PORT, "
          + "MLOPS_API_HOST, MLOPS_LIMIT_HEALTH, MLOPS_LIMIT_PREDICT, MLOPS_LIMIT_INFO, "
          + "MLOPS_LIMIT_FAILED_KEYS, MLOPS_LIMITS_REDIS, MLOPS_MAX_BODY, MLOPS_MAX_CONNECTIONS, "
          + "MLOPS_IDLE_TIMEOUT, MLOPS_GRACE_PERIOD, MLOPS_RELOAD_INTERVAL, MLOPS_HTTPS."
    },
    mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {
  @Option(names = "--host", description = "Address to listen on (127.0.0.1).")
  private @Nullable String host;

  @Option(names = "--port", description = "Port to listen on (8000).")
  private @Nullable String port;

  @Option(names = "--model", description = "Registered model to serve (model.name).")
  private @Nullable String model;

  @Option(names = "--alias", description = "Alias of the version to serve (champion).")
  private @Nullable String alias;

  @Option(names = "--model-dir", description = "Serve this folder, not the registry.")
  private @Nullable String modelDir;

  @Option(names = "--tracking-uri", description = "Where the registry is (sqlite:///mlflow.db).")
  private @Nullable String trackingUri;

  @Option(names = "--limit-health", description = "Limit of GET /health, such as 30/minute (off).")
  private @Nullable String limitHealth;

  @Option(names = "--limit-predict", description = "Limit of POST /predict (off).")
  private @Nullable String limitPredict;

  @Option(names = "--limit-info", description = "Limit of GET /model/info (off).")
  private @Nullable String limitInfo;

  @Override
  public Integer call() throws IOException, InterruptedException {
    var output = new FileOutputStream(FileDescriptor.out);
    var service = PredictionService.start(Path.of(""), flags(), System.getenv(), output);
    Stopping.awaitSignal("", service::close);
    return 0;
  }

  private Map<String, String> flags() {
    var flags = new HashMap<String, String>();
    put(flags, "host", host);
    put(flags, "port", port);
    put(flags, "model", model);
    put(flags, "alias", alias);
    put(flags, "model-dir", modelDir);
    put(flags, "tracking-uri", trackingUri);
    put(flags, "limit-health", limitHealth);
    put(flags, "limit-predict", limitPredict);
    put(flags, "limit-info", limitInfo);
    return flags;
  }

  private static void put(Map<String, String> flags, String name, @Nullable String value) {
    if (value != null) {
      flags.put(name, value);
    }
  }
}
