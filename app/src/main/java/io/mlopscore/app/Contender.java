package io.mlopscore.app;

import io.mlopscore.model.ModelFolder;
import io.mlopscore.tracking.ErrorCode;
import io.mlopscore.tracking.ModelOrigin;
import io.mlopscore.tracking.ModelVersion;
import io.mlopscore.tracking.Promotion;
import io.mlopscore.tracking.Tracking;
import io.mlopscore.tracking.TrackingException;
import io.mlopscore.tracking.VersionFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A model that takes part in a comparison: a version of a registered model, or what a run made.
///
/// @param name as people read it, such as `version 4`
/// @param uri where its files are
/// @param version its number, null if it is not registered
/// @param runId the run that made it, null if unknown
record Contender(String name, String uri, @Nullable Integer version, @Nullable String runId) {

  /// What a user names: a version's number, an alias with `@`, `latest`, or what
  /// [ModelOrigin#find] takes.
  static Contender find(Tracking tracking, String model, String text) {
    return text.matches("\\d{1,9}|@.*|(?i)latest")
        ? of(tracking, Promotion.version(tracking.registry(), model, text))
        : of(tracking, ModelOrigin.find(tracking.store(), text));
  }

  /// The model behind an alias; empty if the alias, or the registered model, does not exist yet.
  static Optional<Contender> behind(Tracking tracking, String model, String alias) {
    var registry = tracking.registry();
    return registry
        .registeredModel(model)
        .flatMap(found -> registry.versionByAlias(found.name(), alias.replaceFirst("^@", "")))
        .map(version -> of(tracking, version));
  }

  private static Contender of(Tracking tracking, ModelVersion version) {
    var uri = VersionFiles.uri(tracking, version.name(), version.version());
    return new Contender("version " + version.version(), uri, version.version(), version.runId());
  }

  private static Contender of(Tracking tracking, ModelOrigin origin) {
    var modelId = origin.modelId();
    var uri =
        modelId == null ? origin.source() : tracking.store().loggedModel(modelId).artifactUri();
    return new Contender(origin.source(), uri, null, origin.runId());
  }

  /// Copies the files into a folder and opens the model.
  ModelFolder open(Tracking tracking, Path folder) {
    try {
      tracking.artifacts().download(uri, folder);
    } catch (IOException e) {
      throw new TrackingException(
          ErrorCode.TEMPORARILY_UNAVAILABLE,
          name + ": " + uri + " cannot be read: " + e.getMessage(),
          e);
    }
    return ModelFolder.open(folder);
  }
}
