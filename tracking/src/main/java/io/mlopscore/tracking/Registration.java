package io.mlopscore.tracking;

import java.util.Map;
import java.util.Optional;

/// Brings the model of a run into the registry, once, and points an alias at it.
///
/// A tag on the new version says that its alias is still to be set: killed between the two, the
/// next registration of the same run goes on from there. A version that is registered already is
/// left as it is, so an alias that someone moved stays where they moved it.
public final class Registration {
  private static final String PENDING_ALIAS = "mlops.alias.pending";

  private final ModelRegistry registry;

  public Registration(ModelRegistry registry) {
    this.registry = registry;
  }

  /// Registers a logged model, unless a version of its run exists.
  ///
  /// @param name the registered model; created if absent
  /// @param alias what the new version becomes, such as `champion`
  public ModelVersion register(String name, String runId, String modelId, String alias) {
    if (registry.registeredModel(name).isEmpty()) {
      registry.createRegisteredModel(name, Map.of(), "");
    }
    var version = versionOf(name, runId).orElseGet(() -> create(name, runId, modelId, alias));
    return version.tags().containsKey(PENDING_ALIAS) ? finish(version) : version;
  }

  private Optional<ModelVersion> versionOf(String name, String runId) {
    return registry.versions(name).stream()
        .filter(version -> version.run().filter(runId::equals).isPresent())
        .findFirst();
  }

  private ModelVersion create(String name, String runId, String modelId, String alias) {
    return registry.createVersion(
        name, "models:/" + modelId, runId, modelId, Map.of(PENDING_ALIAS, alias));
  }

  private ModelVersion finish(ModelVersion made) {
    var alias = made.tags().getOrDefault(PENDING_ALIAS, "");
    registry.setAlias(made.name(), alias, made.version());
    registry.deleteVersionTag(made.name(), made.version(), PENDING_ALIAS);
    return registry.version(made.name(), made.version());
  }
}
