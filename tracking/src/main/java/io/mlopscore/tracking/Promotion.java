package io.mlopscore.tracking;

import java.util.Optional;

/// Moves an alias to another version, and remembers which one it left.
///
/// The version before is kept in a tag of the registered model, `mlops.previous.<alias>`, which
/// MLflow shows as any other.
public record Promotion(ModelRegistry registry) {
  private static final String PREVIOUS = "mlops.previous.";

  /// What a promotion did.
  ///
  /// @param version where the alias points now
  /// @param former where it pointed before; empty if it is new
  public record Moved(String name, String alias, int version, Optional<Integer> former) {
    /// Whether the alias was there already.
    public boolean isUnchanged() {
      return former.filter(number -> number == version).isPresent();
    }
  }

  /// @param version a number, another alias with `@`, `latest`, or `previous` for the version that
  ///     the alias left last
  public Moved promote(String name, String version, String alias) {
    var model = registry.required(name);
    var former = Optional.ofNullable(model.aliases().get(alias));
    var target =
        version.equals("previous") ? previous(model, alias) : version(registry, name, version);
    if (former.filter(number -> number == target.version()).isEmpty()) {
      registry.setAlias(name, alias, target.version());
      if (former.isPresent()) {
        registry.setTag(name, PREVIOUS + alias, Integer.toString(former.get()));
      }
    }
    return new Moved(name, alias, target.version(), former);
  }

  private ModelVersion previous(RegisteredModel model, String alias) {
    var number = model.tags().get(PREVIOUS + alias);
    if (number == null) {
      throw absent(model.name() + "@" + alias + " has left no version yet");
    }
    return version(registry, model.name(), number);
  }

  /// The version that a user names.
  ///
  /// @param text a number, an alias with `@`, or `latest`
  public static ModelVersion version(ModelRegistry registry, String name, String text) {
    if (text.matches("\\d{1,9}")) {
      return registry.version(name, Integer.parseInt(text));
    }
    var alias = text.startsWith("@") ? text.substring(1) : text;
    if (!text.startsWith("@") && !RegistryNames.isLatest(alias)) {
      throw new TrackingException(
          ErrorCode.INVALID_PARAMETER_VALUE,
          "'" + text + "' is no version; name a number, an alias such as @champion, or latest.");
    }
    return registry
        .versionByAlias(name, alias)
        .orElseThrow(() -> absent(name + " has no version '" + text + "'"));
  }

  private static TrackingException absent(String message) {
    return new TrackingException(ErrorCode.RESOURCE_DOES_NOT_EXIST, message);
  }
}
