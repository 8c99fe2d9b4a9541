package io.mlopscore.tracking.sql;

import io.mlopscore.tracking.ModelRegistry;
import io.mlopscore.tracking.ModelStage;
import io.mlopscore.tracking.ModelVersion;
import io.mlopscore.tracking.NewModelVersion;
import io.mlopscore.tracking.RegisteredModel;
import io.mlopscore.tracking.RegistryNames;
import io.mlopscore.tracking.search.SearchPage;
import io.mlopscore.tracking.search.SearchQuery;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The model registry in a database; each write is one transaction.
public final class SqlModelRegistry implements ModelRegistry {
  private final Database database;
  private final SqlRegisteredModels models;
  private final SqlModelVersions versions;

  public SqlModelRegistry(Database database, Clock clock) {
    this.database = database;
    this.models = new SqlRegisteredModels(clock);
    this.versions = new SqlModelVersions(models, clock);
  }

  @Override
  public RegisteredModel createRegisteredModel(
      String name, Map<String, String> tags, String description) {
    return database.write(handle -> models.create(handle, name, tags, description));
  }

  @Override
  public Optional<RegisteredModel> registeredModel(String name) {
    return database.read(handle -> SqlRegisteredModels.find(handle, name));
  }

  @Override
  public SearchPage<RegisteredModel> searchRegisteredModels(SearchQuery query) {
    return database.read(handle -> SqlRegistrySearch.models(handle, query));
  }

  @Override
  public RegisteredModel describeRegisteredModel(String name, String description) {
    return database.write(handle -> models.describe(handle, name, description));
  }

  @Override
  public RegisteredModel renameRegisteredModel(String name, String newName) {
    return database.write(handle -> models.rename(handle, name, newName));
  }

  @Override
  public void deleteRegisteredModel(String name) {
    database.change(handle -> models.delete(handle, name));
  }

  @Override
  public void setTag(String name, String key, String value) {
    database.change(
        handle -> {
          SqlRegisteredModels.require(handle, name);
          SqlRegistryTags.set(handle, name, key, value);
        });
  }

  @Override
  public void deleteTag(String name, String key) {
    database.change(
        handle -> {
          SqlRegisteredModels.require(handle, name);
          SqlRegistryTags.delete(handle, name, key);
        });
  }

  @Override
  public List<ModelVersion> latestVersions(String name, List<String> stages) {
    var words = stages.stream().map(stage -> ModelStage.of(stage).word()).toList();
    return database.read(
        handle ->
            ModelVersionReader.withAliases(
                handle,
                SqlRegisteredModels.get(handle, name).latestVersions().stream()
                    .filter(version -> words.isEmpty() || words.contains(version.stage()))
                    .toList()));
  }

  @Override
  public ModelVersion createVersion(NewModelVersion version) {
    return database.write(handle -> versions.create(handle, version));
  }

  @Override
  public ModelVersion version(String name, int version) {
    return database.query(handle -> SqlModelVersions.get(handle, name, version));
  }

  @Override
  public SearchPage<ModelVersion> searchVersions(SearchQuery query) {
    return database.read(handle -> SqlRegistrySearch.versions(handle, query));
  }

  @Override
  public List<ModelVersion> versions(String name) {
    return database.read(handle -> SqlModelVersions.all(handle, name));
  }

  @Override
  public Optional<ModelVersion> versionByAlias(String name, String alias) {
    RegistryNames.alias(alias);
    return database.read(handle -> SqlModelVersions.byAlias(handle, name, alias));
  }

  @Override
  public ModelVersion describeVersion(String name, int version, @Nullable String description) {
    return database.write(handle -> versions.describe(handle, name, version, description));
  }

  @Override
  public ModelVersion transitionStage(
      String name, int version, ModelStage stage, boolean archiveOthers) {
    return database.write(
        handle -> versions.transition(handle, name, version, stage, archiveOthers));
  }

  @Override
  public void deleteVersion(String name, int version) {
    database.change(handle -> versions.delete(handle, name, version));
  }

  @Override
  public void setAlias(String name, String alias, int version) {
    RegistryNames.newAlias(alias);
    database.change(
        handle -> {
          SqlModelVersions.require(handle, name, version);
          SqlRegistryTags.setAlias(handle, name, alias, version);
        });
  }

  @Override
  public void deleteAlias(String name, String alias) {
    RegistryNames.alias(alias);
    database.change(
        handle -> {
          SqlRegisteredModels.require(handle, name);
          SqlRegistryTags.deleteAlias(handle, name, alias);
        });
  }

  @Override
  public void setVersionTag(String name, int version, String key, String value) {
    database.change(
        handle -> {
          SqlModelVersions.require(handle, name, version);
          SqlRegistryTags.set(handle, name, version, key, value);
        });
  }

  @Override
  public void deleteVersionTag(String name, int version, String key) {
    database.change(
        handle -> {
          SqlModelVersions.require(handle, name, version);
          SqlRegistryTags.delete(handle, name, version, key);
        });
  }

  @Override
  public String downloadUri(String name, int version) {
    return database.read(handle -> SqlModelVersions.location(handle, name, version));
  }
}
