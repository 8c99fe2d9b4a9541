package io.mlopscore.serving;

import io.mlopscore.model.ModelException;
import io.mlopscore.model.ModelFolder;
import io.mlopscore.tracking.ErrorCode;
import io.mlopscore.tracking.Metric;
import io.mlopscore.tracking.ModelVersion;
import io.mlopscore.tracking.Tracking;
import io.mlopscore.tracking.TrackingException;
import io.mlopscore.tracking.VersionFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// The version that an alias of the registry points to: `models:/<name>@<alias>`.
///
/// @param cache where versions are copied to; a version is copied once
/// @param memory of what was served last; none for a registry that this process opens itself
public record RegistryModelSource(
    Tracking tracking, String name, String alias, ModelCache cache, Optional<ReleaseMemory> memory)
    implements ModelSource {
  /// The names in `/model/info`, and what training calls them in a run.
  private static final Map<String, String> RUN_METRICS =
      Map.of(
          "accuracy", "accuracy",
          "precision", "precision_weighted",
          "recall", "recall_weighted",
          "f1_score", "f1_score_weighted");

  @Override
  public Optional<Release> current() throws UnreachableException {
    try {
      return tracking.registry().versionByAlias(name, alias).map(this::release);
    } catch (TrackingException e) {
      if (isAnswer(e.code())) {
        throw e;
      }
      throw new UnreachableException(String.valueOf(e.getMessage()), e);
    }
  }

  /// As opposed to silence, a server that fails, and one that is too busy.
  private static boolean isAnswer(ErrorCode code) {
    return code.httpStatus() < 500 && !code.passes();
  }

  private Release release(ModelVersion version) {
    var number = Integer.toString(version.version());
    return new Release(name, number, number + "-" + version.creationTime());
  }

  @Override
  public Fetched fetch(Release release) throws IOException {
    int version = Integer.parseInt(release.version());
    var copy = copy(release, version);
    try {
      var folder = ModelFolder.open(copy);
      return new Fetched(folder, folder.scorer(), metrics(version));
    } catch (ModelException e) {
      if (!Files.isDirectory(copy)) {
        throw new IOException(copy + " was removed while it was read; it is copied again", e);
      }
      throw e;
    }
  }

  @Override
  public void keep(ModelFolder served) throws IOException {
    cache.keep(served.directory());
  }

  @Override
  public String describe() {
    return "models:/" + name + "@" + alias;
  }

  private Path copy(Release release, int version) throws IOException {
    var uri = VersionFiles.uri(tracking, name, version);
    var known = CacheName.of(name, release.identity(), uri);
    return cache.copy(known, folder -> tracking.artifacts().download(uri, folder));
  }

  private Map<String, Double> metrics(int version) {
    var run = tracking.registry().version(name, version).run();
    if (run.isEmpty()) {
      return Map.of();
    }
    var logged =
        tracking.store().run(run.get()).metrics().stream()
            .collect(Collectors.toMap(Metric::key, Metric::value));
    var metrics = new HashMap<String, Double>();
    RUN_METRICS.forEach(
        (ours, theirs) -> {
          var value = logged.get(theirs);
          if (value != null) {
            metrics.put(ours, value);
          }
        });
    return metrics;
  }
}
