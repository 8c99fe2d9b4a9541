package io.mlopscore.tracking.events;

import io.mlopscore.tracking.ModelRegistry;
import io.mlopscore.tracking.ModelStage;
import io.mlopscore.tracking.ModelVersion;
import io.mlopscore.tracking.NewModelVersion;
import io.mlopscore.tracking.RegisteredModel;
import io.mlopscore.tracking.search.SearchPage;
import io.mlopscore.tracking.search.SearchQuery;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A registry that tells what changed in it, after each write.
///
/// @param changes must return at once: the caller of the write waits for it
public record WatchedRegistry(ModelRegistry registry, Consumer<? super RegistryChange> changes)
    implements ModelRegistry {
  @Override
  public RegisteredModel createRegisteredModel(
      String name, Map<String, String> tags, String description) {
    var created = registry.createRegisteredModel(name, tags, description);
    changes.accept(new RegistryChange.ModelCreated(name, tags, description));
    return created;
  }

  @Override
  public Optional<RegisteredModel> registeredModel(String name) {
    return registry.registeredModel(name);
  }

  @Override
  public SearchPage<RegisteredModel> searchRegisteredModels(SearchQuery query) {
    return registry.searchRegisteredModels(query);
  }

  @Override
  public SearchPage<ModelVersion> searchVersions(SearchQuery query) {
    return registry.searchVersions(query);
  }

  @Override
  public RegisteredModel describeRegisteredModel(String name, String description) {
    var described = registry.describeRegisteredModel(name, description);
    changes.accept(new RegistryChange.ModelUpdated(name));
    return described;
  }

  @Override
  public RegisteredModel renameRegisteredModel(String name, String newName) {
    var renamed = registry.renameRegisteredModel(name, newName);
    changes.accept(new RegistryChange.ModelRenamed(name, newName));
    return renamed;
  }

  @Override
  public void deleteRegisteredModel(String name) {
    registry.deleteRegisteredModel(name);
    changes.accept(new RegistryChange.ModelDeleted(name));
  }

  @Override
  public void setTag(String name, String key, String value) {
    registry.setTag(name, key, value);
    changes.accept(new RegistryChange.ModelTagChanged(name, key, value));
  }

  @Override
  public void deleteTag(String name, String key) {
    registry.deleteTag(name, key);
    changes.accept(new RegistryChange.ModelTagChanged(name, key, null));
  }

  @Override
  public List<ModelVersion> latestVersions(String name, List<String> stages) {
    return registry.latestVersions(name, stages);
  }

  @Override
  public ModelVersion createVersion(NewModelVersion version) {
    var created = registry.createVersion(version);
    changes.accept(new RegistryChange.VersionCreated(created));
    return created;
  }

  @Override
  public ModelVersion version(String name, int version) {
    return registry.version(name, version);
  }

  @Override
  public List<ModelVersion> versions(String name) {
    return registry.versions(name);
  }

  @Override
  public Optional<ModelVersion> versionByAlias(String name, String alias) {
    return registry.versionByAlias(name, alias);
  }

  @Override
  public ModelVersion describeVersion(String name, int version, @Nullable String description) {
    var described = registry.describeVersion(name, version, description);
    changes.accept(new RegistryChange.VersionUpdated(name, version));
    return described;
  }

  @Override
  public ModelVersion transitionStage(
      String name, int version, ModelStage stage, boolean archiveOthers) {
    var moved = registry.transitionStage(name, version, stage, archiveOthers);
    changes.accept(new RegistryChange.StageChanged(name, version, stage.word()));
    return moved;
  }

  @Override
  public void deleteVersion(String name, int version) {
    registry.deleteVersion(name, version);
    changes.accept(new RegistryChange.VersionDeleted(name, version));
  }

  @Override
  public void setAlias(String name, String alias, int version) {
    registry.setAlias(name, alias, version);
    changes.accept(new RegistryChange.AliasSet(name, alias, version));
  }

  @Override
  public void deleteAlias(String name, String alias) {
    registry.deleteAlias(name, alias);
    changes.accept(new RegistryChange.AliasDeleted(name, alias));
  }

  @Override
  public void setVersionTag(String name, int version, String key, String value) {
    registry.setVersionTag(name, version, key, value);
    changes.accept(new RegistryChange.VersionTagChanged(name, version, key, value));
  }

  @Override
  public void deleteVersionTag(String name, int version, String key) {
    registry.deleteVersionTag(name, version, key);
    changes.accept(new RegistryChange.VersionTagChanged(name, version, key, null));
  }

  @Override
  public String downloadUri(String name, int version) {
    return registry.downloadUri(name, version);
  }
}
