package io.mlopscore.tracking.sql;

import io.mlopscore.tracking.ErrorCode;
import io.mlopscore.tracking.LoggedModel;
import io.mlopscore.tracking.ModelVersion;
import io.mlopscore.tracking.NewModelVersion;
import io.mlopscore.tracking.Prompts;
import io.mlopscore.tracking.TrackingException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Where a new version comes from, as far as the database knows.
///
/// @param location the URI of its files
/// @param runId the run that made it; empty or null if none is known
/// @param model the logged model that it says it is
record VersionOrigin(String location, @Nullable String runId, Optional<LoggedModel> model) {
  private static final Pattern VERSION = Pattern.compile("models:/+([^/]+)/(\\d{1,9})");

  static VersionOrigin of(Handle handle, NewModelVersion asked) {
    var inSource = ModelVersion.loggedModelIn(asked.source()).map(id -> source(handle, asked, id));
    var named =
        Optional.ofNullable(asked.modelId())
            .filter(id -> !id.isEmpty() && !Prompts.isPrompt(asked.tags()))
            .map(id -> SqlLoggedModels.get(handle, id));
    var location = inSource.map(LoggedModel::artifactUri).orElseGet(() -> location(handle, asked));
    return new VersionOrigin(location, run(asked, inSource.or(() -> named)), named);
  }

  private static LoggedModel source(Handle handle, NewModelVersion asked, String id) {
    try {
      return SqlLoggedModels.get(handle, id);
    } catch (TrackingException e) {
      throw new TrackingException(
          ErrorCode.RESOURCE_DOES_NOT_EXIST,
          "Unable to fetch model from model URI source artifact location '"
              + asked.source()
              + "'.Error: "
              + e.getMessage(),
          e);
    }
  }

  /// A version may be made from another one; any other source is the place of its files.
  private static String location(Handle handle, NewModelVersion asked) {
    var version = VERSION.matcher(asked.source());
    return version.matches()
        ? SqlModelVersions.location(handle, version.group(1), Integer.parseInt(version.group(2)))
        : asked.source();
  }

  private static @Nullable String run(NewModelVersion asked, Optional<LoggedModel> model) {
    var known = asked.runId() != null && !asked.runId().isEmpty();
    return known ? asked.runId() : model.map(LoggedModel::sourceRunId).orElse(asked.runId());
  }

  /// Notes the version on its logged model, where MLflow's pages look for it.
  void tagLoggedModel(Handle handle, String name, int version) {
    model.ifPresent(
        logged ->
            SqlLoggedModels.tag(
                handle,
                logged.modelId(),
                SqlExperiments.number(logged.experimentId()),
                RegisteredVersions.TAG,
                RegisteredVersions.with(
                    logged.tags().getOrDefault(RegisteredVersions.TAG, ""), name, version)));
  }
}
