package io.mlopscore.tracking;

import java.util.Map;
import java.util.Optional;

/// Brings a model into the registry, once.
///
/// With an alias, a tag on the new version says that its alias is still to be set: killed between
/// the two, the next registration of the same model goes on from there. A version that is
/// registered already is left as it is, so an alias that someone moved stays where they moved it.
public final class Registration {
  private static final String PENDING_ALIAS = "mlops.alias.pending";

  private final ModelRegistry registry;

  public Registration(ModelRegistry registry) {
    this.registry = registry;
  }

  /// A version of the registry, and whether it was there before.
  public record Registered(ModelVersion version, boolean isNew) {}

  /// Registers a model, unless it is a version already.
  ///
  /// @param name the registered model; created if absent
  public Registered register(String name, ModelOrigin origin) {
    return register(name, origin, Map.of());
  }

  /// The same with an alias for the new version.
  ///
  /// @param alias such as `champion`
  public Registered register(String name, ModelOrigin origin, String alias) {
    var registered = register(name, origin, Map.of(PENDING_ALIAS, alias));
    return registered.version().tags().containsKey(PENDING_ALIAS)
        ? new Registered(finish(registered.version()), registered.isNew())
        : registered;
  }

  private Registered register(String name, ModelOrigin origin, Map<String, String> tags) {
    if (registry.registeredModel(name).isEmpty()) {
      registry.createRegisteredModel(name, Map.of(), "");
    }
    return versionOf(name, origin)
        .map(version -> new Registered(version, false))
        .orElseGet(() -> new Registered(create(name, origin, tags), true));
  }

  private Optional<ModelVersion> versionOf(String name, ModelOrigin origin) {
    return registry.versions(name).stream()
        .filter(version -> version.source().equals(origin.source()) || isOfRun(version, origin))
        .findFirst();
  }

  /// The model that a run logged may have been registered as a folder of the run.
  private static boolean isOfRun(ModelVersion version, ModelOrigin origin) {
    return origin.modelId() != null
        && version.modelId().isEmpty()
        && version.run().filter(run -> run.equals(origin.runId())).isPresent();
  }

  private ModelVersion create(String name, ModelOrigin origin, Map<String, String> tags) {
    return registry.createVersion(name, origin.source(), origin.runId(), origin.modelId(), tags);
  }

  private ModelVersion finish(ModelVersion made) {
    var alias = made.tags().getOrDefault(PENDING_ALIAS, "");
    registry.setAlias(made.name(), alias, made.version());
    registry.deleteVersionTag(made.name(), made.version(), PENDING_ALIAS);
    return registry.version(made.name(), made.version());
  }
}
