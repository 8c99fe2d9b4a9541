package io.mlopscore.tracking.events;

import io.mlopscore.tracking.ModelVersion;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A registered model, a version of one, a tag, an alias or a stage is different now.
public sealed interface RegistryChange extends Change {
  /// The name of the registered model.
  String name();

  @Override
  default int weight() {
    return Change.weightOf(name());
  }

  /// @param tags as its maker sent them
  record ModelCreated(String name, Map<String, String> tags, String description)
      implements RegistryChange {
    public ModelCreated {
      tags = Map.copyOf(tags);
    }

    @Override
    public int weight() {
      return Change.weightOf(name, description) + weightOf(tags);
    }
  }

  /// Its description is another.
  record ModelUpdated(String name) implements RegistryChange {}

  /// @param name what it was called before
  record ModelRenamed(String name, String newName) implements RegistryChange {}

  record ModelDeleted(String name) implements RegistryChange {}

  /// @param value null if the tag was removed
  record ModelTagChanged(String name, String key, @Nullable String value)
      implements RegistryChange {
    @Override
    public int weight() {
      return Change.weightOf(name, key, value == null ? "" : value);
    }
  }

  record VersionCreated(ModelVersion version) implements RegistryChange {
    private String description() {
      return version.description() == null ? "" : version.description();
    }

    @Override
    public String name() {
      return version.name();
    }

    @Override
    public int weight() {
      return Change.weightOf(version.name(), version.source(), description())
          + weightOf(version.tags());
    }
  }

  /// Its description is another.
  record VersionUpdated(String name, int version) implements RegistryChange {}

  record VersionDeleted(String name, int version) implements RegistryChange {}

  record StageChanged(String name, int version, String stage) implements RegistryChange {}

  /// @param value null if the tag was removed
  record VersionTagChanged(String name, int version, String key, @Nullable String value)
      implements RegistryChange {
    @Override
    public int weight() {
      return Change.weightOf(name, key, value == null ? "" : value);
    }
  }

  record AliasSet(String name, String alias, int version) implements RegistryChange {}

  record AliasDeleted(String name, String alias) implements RegistryChange {}

  private static int weightOf(Map<String, String> pairs) {
    var weight = 0;
    for (var pair : pairs.entrySet()) {
      weight += Change.weightOf(pair.getKey(), pair.getValue());
    }
    return weight;
  }
}
