package io.mlopscore.pipeline;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// What the settings say about one remote.
///
/// @param url where it is; a local directory is an absolute path
/// @param options the others, by the names that `dvc remote modify` has for them; paths are
// absolute
public record RemoteConfig(String name, String url, Map<String, String> options) {
  public RemoteConfig {
    options = Map.copyOf(options);
  }

  public Optional<String> text(String option) {
    return Optional.ofNullable(options.get(option));
  }

  public boolean flag(String option, boolean otherwise) {
    return text(option).map(value -> value.equalsIgnoreCase("true")).orElse(otherwise);
  }

  public OptionalInt number(String option) {
    var value = options.get(option);
    return value == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(value.strip()));
  }

  /// Another place in this remote.
  RemoteConfig at(String path) {
    var separator = url.endsWith("/") || path.isEmpty() ? "" : "/";
    return new RemoteConfig(name, url + separator + path, options);
  }

  /// This one with the options of `base` that it does not set itself.
  RemoteConfig over(RemoteConfig base) {
    var merged = new java.util.HashMap<>(base.options());
    merged.putAll(options);
    return new RemoteConfig(name, url, merged);
  }
}
