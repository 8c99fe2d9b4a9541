package io.mlopscore.serving;

import java.time.Duration;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Looks a setting up where it may stand, in order of precedence.
record SettingsReader(Map<String, String> flags, Map<String, String> env, Map<String, ?> yaml) {

  /// @param flag the flag without dashes; empty if it has none
  /// @param variable the environment variable
  /// @param path dotted keys in `mlops.yaml`; empty if it must not stand there
  Optional<String> find(String flag, String variable, String path) {
    return Optional.ofNullable(flags.get(flag))
        .or(() -> Optional.ofNullable(env.get(variable)))
        .or(() -> inYaml(path))
        .map(String::strip);
  }

  String text(String flag, String variable, String path, String fallback) {
    return find(flag, variable, path).orElse(fallback);
  }

  int number(String flag, String variable, String path, int fallback, int min, int max) {
    var found = find(flag, variable, path).filter(text -> !text.isEmpty());
    if (found.isEmpty()) {
      return fallback;
    }
    try {
      int value = Integer.parseInt(found.get());
      if (value >= min && value <= max) {
        return value;
      }
    } catch (NumberFormatException _) {
      // said below
    }
    throw new SettingException(
        variable, "'%s' is not a whole number from %d to %d".formatted(found.get(), min, max));
  }

  Duration seconds(String variable, String path, int fallback) {
    return Duration.ofSeconds(number("", variable, path, fallback, 1, 86_400));
  }

  boolean flag(String variable, String path) {
    var text = text("", variable, path, "false").toLowerCase(Locale.ROOT);
    return switch (text) {
      case "true", "1", "yes" -> true;
      case "false", "0", "no", "" -> false;
      default -> throw new SettingException(variable, "'" + text + "' is neither true nor false");
    };
  }

  Optional<RateLimit> limit(String flag, String variable, String path, String fallback) {
    return RateLimit.parse(variable, text(flag, variable, path, fallback));
  }

  private Optional<String> inYaml(String path) {
    @Nullable Object value = path.isEmpty() ? null : yaml;
    for (var key : path.split("\\.", -1)) {
      value = value instanceof Map<?, ?> map ? map.get(key) : null;
    }
    return Optional.ofNullable(value).map(SettingsReader::asText);
  }

  private static String asText(Object value) {
    return value instanceof Collection<?> items
        ? items.stream().map(String::valueOf).collect(Collectors.joining(","))
        : value.toString();
  }
}
