package io.mlopscore.tracking;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Registered models, their versions and aliases.
///
/// All methods throw [TrackingException] with MLflow's code and words.
public interface ModelRegistry {
  RegisteredModel createRegisteredModel(String name, Map<String, String> tags, String description);

  Optional<RegisteredModel> registeredModel(String name);

  /// All of them, by name.
  List<RegisteredModel> registeredModels();

  /// Registers files as the next version of a registered model.
  ///
  /// @param source `runs:/<run id>/<path>`, `models:/<model id>`, or the URI of a folder
  /// @param runId the run that made it, null if unknown
  /// @param modelId the logged model behind it, null if there is none
  ModelVersion createVersion(
      String name,
      String source,
      @Nullable String runId,
      @Nullable String modelId,
      Map<String, String> tags);

  ModelVersion version(String name, int version);

  /// All versions of a registered model, newest first.
  List<ModelVersion> versions(String name);

  Optional<ModelVersion> versionByAlias(String name, String alias);

  /// Points an alias at a version, wherever it pointed before.
  void setAlias(String name, String alias, int version);

  void deleteAlias(String name, String alias);

  /// Writes a tag of a version, over an earlier value.
  void setVersionTag(String name, int version, String key, String value);

  /// Removes a tag of a version; it need not be there.
  void deleteVersionTag(String name, int version, String key);

  /// The URI under which [Artifacts] finds the files of a version.
  String downloadUri(String name, int version);
}
