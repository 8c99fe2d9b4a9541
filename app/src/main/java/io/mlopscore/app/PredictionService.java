package io.mlopscore.app;

import io.mlopscore.serving.FolderModelSource;
import io.mlopscore.serving.ModelCache;
import io.mlopscore.serving.ModelSource;
import io.mlopscore.serving.PredictionServer;
import io.mlopscore.serving.RegistryModelSource;
import io.mlopscore.serving.ReleaseMemory;
import io.mlopscore.serving.ServingSettings;
import io.mlopscore.tracking.Tracking;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The prediction API of a project, with the registry or folder it takes the model from.
record PredictionService(String host, PredictionServer server, Optional<Tracking> tracking)
    implements AutoCloseable {
  /// A registry that takes longer to answer is out of reach. Shorter than the minute after which
  /// Kubernetes gives up a start, which waits for the first answer.
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /// Reads the settings and starts to serve.
  ///
  /// @param directory the project; without an `mlops.yaml` the defaults and the environment count
  /// @param flags by name without dashes
  /// @param env the process environment
  /// @param log where JSON log lines go
  static PredictionService start(
      Path directory, Map<String, String> flags, Map<String, String> env, OutputStream log)
      throws IOException {
    var settings = settings(directory, flags, env);
    if (settings.modelDir().isPresent()) {
      var folder = directory.resolve(settings.modelDir().get());
      return serve(
          settings, new FolderModelSource(folder, settings.modelName()), Optional.empty(), log);
    }
    var tracking = Tracking.open(settings.trackingUri(), directory, PATIENCE);
    var source = registry(settings, tracking, directory.resolve(".mlops/cache/models"));
    return serve(settings, source, Optional.of(tracking), log);
  }

  /// Only a server can be out of reach; a database that is, lets nobody start.
  private static RegistryModelSource registry(
      ServingSettings settings, Tracking tracking, Path copies) {
    var cache = new ModelCache(copies, Clock.systemUTC());
    var uri = settings.trackingUri();
    var name = settings.modelName();
    var alias = settings.modelAlias();
    Optional<ReleaseMemory> memory =
        uri.startsWith("http")
            ? Optional.of(new ReleaseMemory(cache, uri, name, alias))
            : Optional.empty();
    return new RegistryModelSource(tracking, name, alias, cache, memory);
  }

  /// The settings of a project; says what is wrong with them before anything is started.
  static ServingSettings settings(
      Path directory, Map<String, String> flags, Map<String, String> env) throws IOException {
    return ServingSettings.read(flags, env, yaml(directory));
  }

  private static PredictionService serve(
      ServingSettings settings, ModelSource source, Optional<Tracking> tracking, OutputStream log) {
    try {
      return new PredictionService(
          settings.host(), PredictionServer.start(settings, source, log), tracking);
    } catch (RuntimeException e) {
      tracking.ifPresent(Tracking::close);
      throw e;
    }
  }

  private static Map<String, Object> yaml(Path directory) throws IOException {
    var yaml = new HashMap<String, Object>();
    if (Files.exists(directory.resolve(Project.FILE))) {
      var project = Project.open(directory);
      yaml.put("serving", project.serving());
      yaml.put("model", Map.of("name", project.model().name(), "alias", project.model().alias()));
    }
    return yaml;
  }

  /// Where callers on this machine find it.
  String address() {
    return "http://" + (host.equals("0.0.0.0") ? "127.0.0.1" : host) + ":" + server.port();
  }

  /// Lets requests finish, then closes what they used.
  @Override
  public void close() {
    server.stop();
    tracking.ifPresent(Tracking::close);
  }
}
