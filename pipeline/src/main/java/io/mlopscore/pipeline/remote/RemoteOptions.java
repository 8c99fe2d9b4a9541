package io.mlopscore.pipeline.remote;

import io.mlopscore.pipeline.ConfigException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The options of one remote, as text until they are asked for.
record RemoteOptions(String name, Map<String, String> values) {
  RemoteOptions {
    values = Map.copyOf(values);
  }

  Optional<String> text(String key) {
    return Optional.ofNullable(values.get(key)).filter(value -> !value.isEmpty());
  }

  Optional<Path> path(String key) {
    return text(key)
        .map(
            value ->
                value.startsWith("~/")
                    ? System.getProperty("user.home") + value.substring(1)
                    : value)
        .map(Path::of);
  }

  Optional<URI> uri(String key) {
    return text(key).map(URI::create);
  }

  boolean flag(String key, boolean otherwise) {
    return text(key)
        .map(
            value ->
                switch (value.toLowerCase(java.util.Locale.ROOT)) {
                  case "true" -> true;
                  case "false" -> false;
                  default -> throw wrong(key, value, "true or false");
                })
        .orElse(otherwise);
  }

  int number(String key, int otherwise) {
    return text(key)
        .map(
            value -> {
              try {
                return Integer.parseInt(value);
              } catch (NumberFormatException _) {
                throw wrong(key, value, "a number");
              }
            })
        .orElse(otherwise);
  }

  /// A number of seconds.
  Duration seconds(String key, Duration otherwise) {
    return text(key).isPresent() ? Duration.ofSeconds(number(key, 0)) : otherwise;
  }

  /// The options that are set, under other names.
  ///
  /// @param names option to new name
  Map<String, String> renamed(Map<String, String> names) {
    var found = new HashMap<String, String>();
    names.forEach((key, header) -> text(key).ifPresent(value -> found.put(header, value)));
    return found;
  }

  ConfigException wrong(String key, String value, String expected) {
    return new ConfigException(
        "remote '%s': option '%s' is '%s', which is not %s".formatted(name, key, value, expected));
  }
}
