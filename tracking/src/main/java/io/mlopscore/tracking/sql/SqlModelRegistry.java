package io.mlopscore.tracking.sql;

import io.mlopscore.tracking.ModelRegistry;
import io.mlopscore.tracking.ModelVersion;
import io.mlopscore.tracking.RegisteredModel;
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
  public List<RegisteredModel> registeredModels() {
    return database.read(SqlRegisteredModels::all);
  }

  @Override
  public ModelVersion createVersion(
      String name,
      String source,
      @Nullable String runId,
      @Nullable String modelId,
      Map<String, String> tags) {
    return database.write(handle -> versions.create(handle, name, source, runId, modelId, tags));
  }

  @Override
  public ModelVersion version(String name, int version) {
    return database.read(handle -> SqlModelVersions.get(handle, name, version));
  }

  @Override
  public List<ModelVersion> versions(String name) {
    return database.read(
        handle -> {
          SqlRegisteredModels.get(handle, name);
          return SqlModelVersions.all(handle, name);
        });
  }

  @Override
  public Optional<ModelVersion> versionByAlias(String name, String alias) {
    return database.read(
        handle ->
            SqlRegisteredModels.find(handle, name)
                .map(model -> model.aliases().get(alias))
                .map(version -> SqlModelVersions.get(handle, name, version)));
  }

  @Override
  public void setAlias(String name, String alias, int version) {
    database.change(
        handle -> {
          SqlModelVersions.get(handle, name, version);
          models.setAlias(handle, name, alias, version);
        });
  }

  @Override
  public void deleteAlias(String name, String alias) {
    database.change(
        handle -> {
          models.deleteAlias(handle, name, alias);
        });
  }

  @Override
  public void setVersionTag(String name, int version, String key, String value) {
    database.change(
        handle -> {
          SqlModelVersions.get(handle, name, version);
          SqlModelVersions.tag(handle, name, version, key, value);
        });
  }

  @Override
  public void deleteVersionTag(String name, int version, String key) {
    database.write(
        handle -> {
          SqlModelVersions.get(handle, name, version);
          return handle.execute(
              "DELETE FROM model_version_tags WHERE name = ? AND version = ? AND \"key\" = ?",
              name,
              version,
              key);
        });
  }

  @Override
  public String downloadUri(String name, int version) {
    return database.read(handle -> SqlModelVersions.location(handle, name, version));
  }
}
