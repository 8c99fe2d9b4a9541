package io.mlopscore.tracking;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One version of a registered model. Texts that its maker left out are empty or null, as MLflow
/// keeps and sends them.
///
/// @param description null once an update left it out
/// @param userId who made it; MLflow's server leaves it null
/// @param stage the word of a [ModelStage]
/// @param source where its maker said the files are
/// @param runId the run that made it; see [#run()]
/// @param creationTime milliseconds since the epoch
/// @param lastUpdatedTime milliseconds since the epoch
/// @param aliases empty in the results of a search and among the latest versions of a model
public record ModelVersion(
    String name,
    int version,
    @Nullable String description,
    @Nullable String userId,
    String stage,
    String source,
    @Nullable String runId,
    @Nullable String runLink,
    String status,
    @Nullable String statusMessage,
    long creationTime,
    long lastUpdatedTime,
    Map<String, String> tags,
    List<String> aliases) {
  private static final String LOGGED_MODEL = "models:/m-";

  public ModelVersion {
    tags = Map.copyOf(tags);
    aliases = List.copyOf(aliases);
  }

  /// The run that made it, if it is known.
  public Optional<String> run() {
    return Optional.ofNullable(runId).filter(id -> !id.isEmpty());
  }

  /// The logged model behind it, if its source names one.
  public Optional<String> modelId() {
    return loggedModelIn(source);
  }

  /// The logged model that a source such as `models:/m-...` names.
  public static Optional<String> loggedModelIn(String source) {
    return source.startsWith(LOGGED_MODEL)
        ? Optional.of(source.substring("models:/".length()))
        : Optional.empty();
  }

  public ModelVersion withTags(Map<String, String> others) {
    return new ModelVersion(
        name,
        version,
        description,
        userId,
        stage,
        source,
        runId,
        runLink,
        status,
        statusMessage,
        creationTime,
        lastUpdatedTime,
        others,
        aliases);
  }

  public ModelVersion withAliases(List<String> others) {
    return new ModelVersion(
        name,
        version,
        description,
        userId,
        stage,
        source,
        runId,
        runLink,
        status,
        statusMessage,
        creationTime,
        lastUpdatedTime,
        tags,
        others);
  }
}
