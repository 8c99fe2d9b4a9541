package io.mlopscore.training.yaml;

import io.mlopscore.training.TrainingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// A mapping of a YAML file whose values are checked when they are read; every complaint names
/// the file, the key, the value and what is allowed.
///
/// @param file the file, for messages
/// @param name the keys that lead here; empty at the top
/// @param values the values by key
record Section(Path file, String name, Map<?, ?> values) {

  static Section read(Path file) {
    try {
      var load = new Load(LoadSettings.builder().setLabel(file.toString()).build());
      return of(
          file,
          "",
          Optional.ofNullable(load.loadFromString(Files.readString(file))).orElse(Map.of()));
    } catch (NoSuchFileException e) {
      throw new TrainingException(file + ": no such file; give another one by its option", e);
    } catch (IOException e) {
      throw new TrainingException(file + ": cannot be read: " + e.getMessage(), e);
    } catch (YamlEngineException e) {
      throw new TrainingException(file + ": not valid YAML: " + e.getMessage(), e);
    }
  }

  private static Section of(Path file, String name, Object value) {
    if (value instanceof Map<?, ?> map) {
      return new Section(file, name, map);
    }
    throw new TrainingException(
        file + ": " + (name.isEmpty() ? "the file" : name) + " must be a mapping, not " + value);
  }

  Section section(String key) {
    return of(file, at(key), Objects.requireNonNullElse(values.get(key), Map.of()));
  }

  boolean has(String key) {
    return values.containsKey(key);
  }

  /// @param known the keys that are told if there is another
  /// @param tolerated keys that may be there, too
  /// @throws TrainingException if there is a key that is neither
  void allowOnly(List<String> known, List<String> tolerated) {
    for (var key : values.keySet()) {
      var name = String.valueOf(key);
      if (!known.contains(name) && !tolerated.contains(name)) {
        throw new TrainingException(
            "%s: %s is not known; allowed here are %s"
                .formatted(file, at(name), String.join(", ", known)));
      }
    }
  }

  String text(String key) {
    var value = values.get(key);
    if (value instanceof String text && !text.isBlank()) {
      return text;
    }
    throw refused(key, value, "a text");
  }

  String text(String key, String otherwise) {
    return values.get(key) == null ? otherwise : text(key);
  }

  long whole(String key, long otherwise, long min, long max) {
    var value = values.get(key);
    if (value == null) {
      return otherwise;
    }
    if ((value instanceof Integer || value instanceof Long)
        && ((Number) value).longValue() >= min
        && ((Number) value).longValue() <= max) {
      return ((Number) value).longValue();
    }
    throw refused(key, value, "a whole number from " + min + " to " + max);
  }

  /// A number above `above`, and at most `max`; below it if `maxExcluded`.
  double number(String key, double otherwise, double above, double max, boolean maxExcluded) {
    var value = values.get(key);
    if (value == null) {
      return otherwise;
    }
    if (value instanceof Number number
        && number.doubleValue() > above
        && (maxExcluded ? number.doubleValue() < max : number.doubleValue() <= max)) {
      return number.doubleValue();
    }
    throw refused(
        key,
        value,
        "a number above " + above + (maxExcluded ? " and below " : " and at most ") + max);
  }

  TrainingException refused(String key, @Nullable Object value, String allowed) {
    return new TrainingException(
        value == null
            ? "%s: %s is missing; it must be %s".formatted(file, at(key), allowed)
            : "%s: %s = %s: must be %s".formatted(file, at(key), value, allowed));
  }

  private String at(String key) {
    return name.isEmpty() ? key : name + "." + key;
  }
}
