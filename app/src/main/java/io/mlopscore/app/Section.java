package io.mlopscore.app;

import java.util.List;
import java.util.Map;

/// A part of `mlops.yaml` with its name, so that a wrong key or value is named in full.
///
/// @param name where it stands, such as `model`
record Section(String name, Map<String, Object> values) {
  Section section(String key) {
    return new Section(key, map(key));
  }

  Map<String, Object> map(String key) {
    var value = values.get(key);
    return value == null ? Map.of() : Project.section(key, value);
  }

  String text(String key) {
    if (values.get(key) instanceof String text && !text.isBlank()) {
      return text;
    }
    throw new IllegalArgumentException(
        name + "." + key + ": '" + values.get(key) + "' must be a name");
  }

  void allowOnly(List<String> known) {
    for (var key : values.keySet()) {
      if (!known.contains(key)) {
        throw new IllegalArgumentException(
            name + "." + key + ": unknown key; known are " + String.join(", ", known));
      }
    }
  }
}
