package io.mlopscore.tracking;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/// All that can be compared of a model version.
///
/// @param params of its run and of its logged model
/// @param metrics of its run, the newest value of each
/// @param signature the type of each input, output and param, such as `input sepal_length`
/// @param files the size of each in bytes, by path
/// @param repository where the files are
public record VersionFacts(
    ModelVersion version,
    Map<String, String> params,
    Map<String, String> metrics,
    Map<String, String> signature,
    Map<String, Long> files,
    ArtifactRepository repository) {
  public VersionFacts {
    params = Map.copyOf(params);
    metrics = Map.copyOf(metrics);
    signature = Map.copyOf(signature);
    files = Map.copyOf(files);
  }

  /// Gathers them. A run or logged model that is gone counts as empty.
  ///
  /// @throws TrackingException if the files cannot be read
  public static VersionFacts of(Tracking tracking, ModelVersion version) {
    var params = new TreeMap<String, String>();
    var metrics = new TreeMap<String, String>();
    known(version.modelId(), tracking.store()::loggedModel)
        .ifPresent(model -> params.putAll(model.params()));
    known(version.run(), tracking.store()::run)
        .ifPresent(
            run -> {
              params.putAll(run.params());
              run.metrics().forEach(m -> metrics.put(m.key(), Double.toString(m.value())));
            });
    var location = VersionFiles.uri(tracking, version.name(), version.version());
    var repository = tracking.artifacts().repository(location);
    try {
      var files = new TreeMap<String, Long>();
      walk(repository, "", files);
      return new VersionFacts(version, params, metrics, signature(repository), files, repository);
    } catch (IOException e) {
      throw unreadable(location, e);
    }
  }

  static TrackingException unreadable(String what, IOException cause) {
    return new TrackingException(
        ErrorCode.TEMPORARILY_UNAVAILABLE, what + " cannot be read: " + cause.getMessage(), cause);
  }

  private static <T> Optional<T> known(Optional<String> id, Function<String, T> read) {
    try {
      return id.map(read);
    } catch (TrackingException e) {
      if (e.code() == ErrorCode.RESOURCE_DOES_NOT_EXIST) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private static void walk(ArtifactRepository repository, String folder, Map<String, Long> files)
      throws IOException {
    for (var child : repository.list(folder)) {
      var path = folder.isEmpty() ? child.path() : folder + "/" + child.path();
      if (child.isDirectory()) {
        walk(repository, path, files);
      } else {
        files.put(path, child.size());
      }
    }
  }

  /// The types of inputs, outputs and params of the model in a folder; empty if it says nothing.
  public static Map<String, String> signature(ArtifactRepository repository) throws IOException {
    try (var file = repository.open("MLmodel")) {
      return SignatureFields.read(file);
    } catch (NoSuchFileException _) {
      return Map.of();
    }
  }
}
