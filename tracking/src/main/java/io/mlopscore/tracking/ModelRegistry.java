package io.mlopscore.tracking;

import io.mlopscore.tracking.search.SearchPage;
import io.mlopscore.tracking.search.SearchQuery;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Registered models, their versions and aliases.
///
/// All methods throw [TrackingException] with MLflow's code and words.
public interface ModelRegistry {
  /// The largest page of registered models.
  int MOST_MODELS = 1000;

  /// The largest page of versions.
  int MOST_VERSIONS = 200_000;

  RegisteredModel createRegisteredModel(String name, Map<String, String> tags, String description);

  Optional<RegisteredModel> registeredModel(String name);

  /// The same where it must be there.
  ///
  /// @throws TrackingException if it is not
  default RegisteredModel required(String name) {
    return registeredModel(name)
        .orElseThrow(
            () ->
                new TrackingException(
                    ErrorCode.RESOURCE_DOES_NOT_EXIST,
                    "Registered Model with name=" + name + " not found"));
  }

  /// Finds registered models, in the usual order by name; prompts only if the filter asks for them.
  SearchPage<RegisteredModel> searchRegisteredModels(SearchQuery query);

  /// All of them but prompts, by name.
  default List<RegisteredModel> registeredModels() {
    var first = SearchQuery.first("", MOST_MODELS);
    return SearchPage.all(token -> searchRegisteredModels(first.after(token)));
  }

  /// Replaces the description.
  ///
  /// @param description empty for none
  RegisteredModel describeRegisteredModel(String name, String description);

  /// Renames it together with its versions, tags and aliases.
  RegisteredModel renameRegisteredModel(String name, String newName);

  /// Deletes it with its versions, tags and aliases; the files stay.
  void deleteRegisteredModel(String name);

  /// Writes a tag of a registered model, over an earlier value.
  void setTag(String name, String key, String value);

  /// Removes a tag of a registered model; it need not be there.
  void deleteTag(String name, String key);

  /// The newest version at each stage.
  ///
  /// @param stages words of the stages wanted, in any case; all of them if there is none
  List<ModelVersion> latestVersions(String name, List<String> stages);

  /// Registers files as the next version of a registered model.
  ModelVersion createVersion(NewModelVersion version);

  /// The same for a version without a description.
  default ModelVersion createVersion(
      String name,
      String source,
      @Nullable String runId,
      @Nullable String modelId,
      Map<String, String> tags) {
    return createVersion(new NewModelVersion(name, source, runId, modelId, tags, null, null));
  }

  ModelVersion version(String name, int version);

  /// Finds versions, usually those first that changed last, without their aliases; prompts only if
  /// the filter asks for them.
  SearchPage<ModelVersion> searchVersions(SearchQuery query);

  /// All versions of a registered model, newest first.
  List<ModelVersion> versions(String name);

  /// Finds the newest version by the alias `latest`.
  Optional<ModelVersion> versionByAlias(String name, String alias);

  /// Replaces the description.
  ///
  /// @param description null for none
  ModelVersion describeVersion(String name, int version, @Nullable String description);

  /// Moves a version to a stage.
  ///
  /// @param archiveOthers whether the other versions at that stage, which must then be an active
  ///     one, are archived
  ModelVersion transitionStage(String name, int version, ModelStage stage, boolean archiveOthers);

  /// Deletes a version and its aliases; its number is not used again, and its files stay.
  void deleteVersion(String name, int version);

  /// Points an alias at a version, wherever it pointed before.
  void setAlias(String name, String alias, int version);

  /// Removes an alias; it need not be there.
  void deleteAlias(String name, String alias);

  /// Writes a tag of a version, over an earlier value.
  void setVersionTag(String name, int version, String key, String value);

  /// Removes a tag of a version; it need not be there.
  void deleteVersionTag(String name, int version, String key);

  /// Where the files of a version are: a URI, which may be `runs:/<run id>/<path>`.
  String downloadUri(String name, int version);
}
