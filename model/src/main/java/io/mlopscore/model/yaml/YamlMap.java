package io.mlopscore.model.yaml;

import io.mlopscore.model.ModelException;
import io.mlopscore.model.Range;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A YAML mapping that knows where it stands, so that a wrong value is reported with its place.
///
/// @param file the file, for messages
/// @param place the keys that lead here, for messages; empty at the top
/// @param values the values by key
record YamlMap(Path file, String place, Map<?, ?> values) {
  static YamlMap of(Path file, @Nullable Object value) {
    return of(file, "", value);
  }

  private static YamlMap of(Path file, String place, @Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      return new YamlMap(file, place, map);
    }
    throw new ModelException(
        file + ": " + (place.isEmpty() ? "the file" : "`" + place + "`") + " must be a mapping");
  }

  boolean has(String key) {
    return values.get(key) != null;
  }

  YamlMap map(String key) {
    return of(file, at(key), required(key));
  }

  String text(String key) {
    return required(key).toString();
  }

  Optional<String> optionalText(String key) {
    return Optional.ofNullable(values.get(key)).map(Object::toString);
  }

  List<?> list(String key) {
    if (required(key) instanceof List<?> list) {
      return list;
    }
    throw new ModelException(file + ": `" + at(key) + "` must be a list");
  }

  long whole(String key) {
    if (required(key) instanceof Number number) {
      return number.longValue();
    }
    throw new ModelException(file + ": `" + at(key) + "` must be a number");
  }

  Range range(String key) {
    if (required(key) instanceof List<?> limits
        && limits.size() == 2
        && limits.get(0) instanceof Number min
        && limits.get(1) instanceof Number max
        && min.doubleValue() <= max.doubleValue()) {
      return new Range(min.doubleValue(), max.doubleValue());
    }
    throw new ModelException(file + ": `" + at(key) + "` must be [smallest, largest]");
  }

  private Object required(String key) {
    var value = values.get(key);
    if (value == null) {
      throw new ModelException(
          file + ": `" + at(key) + "` is missing; write the folder again with `mlops train`");
    }
    return value;
  }

  private String at(String key) {
    return place.isEmpty() ? key : place + "." + key;
  }
}
