package io.mlopscore.tracking.files;

import io.mlopscore.tracking.ErrorCode;
import io.mlopscore.tracking.LifecycleStage;
import io.mlopscore.tracking.TrackingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// A `meta.yaml`: what the file store says about the folder that it stands in.
record MetaFile(Path file, Map<?, ?> values) {
  static final String NAME = "meta.yaml";

  /// @throws TrackingException naming the file, when it cannot be read as a mapping
  static MetaFile in(Path folder) {
    var file = folder.resolve(NAME);
    try {
      var yaml = new Load(LoadSettings.builder().setLabel(file.toString()).build());
      if (yaml.loadFromString(Files.readString(file)) instanceof Map<?, ?> values) {
        return new MetaFile(file, values);
      }
      throw unusable(file, "it is no mapping");
    } catch (IOException | YamlEngineException e) {
      throw unusable(file, e.toString(), e);
    }
  }

  static TrackingException unusable(Path file, String why) {
    return new TrackingException(ErrorCode.INVALID_PARAMETER_VALUE, text(file, why));
  }

  static TrackingException unusable(Path file, String why, Exception cause) {
    return new TrackingException(ErrorCode.INVALID_PARAMETER_VALUE, text(file, why), cause);
  }

  private static String text(Path file, String why) {
    return file + " cannot be read: " + why + ". Mend or remove it and try again.";
  }

  static boolean isIn(Path folder) {
    return Files.isRegularFile(folder.resolve(NAME));
  }

  Optional<String> text(String key) {
    return Optional.ofNullable(values.get(key)).map(Object::toString);
  }

  @Nullable String textOrNull(String key) {
    return text(key).orElse(null);
  }

  String textOr(String key, String other) {
    return text(key).orElse(other);
  }

  String required(String key) {
    return text(key).orElseThrow(() -> unusable(file, "`" + key + "` is missing"));
  }

  @Nullable Long wholeOrNull(String key) {
    return switch (values.get(key)) {
      case null -> null;
      case Number number -> number.longValue();
      case Object other -> whole(key, other.toString());
    };
  }

  private long whole(String key, String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw unusable(file, "`" + key + "` must be a whole number, not '" + text + "'", e);
    }
  }

  long wholeOr(String key, long other) {
    var number = wholeOrNull(key);
    return number == null ? other : number;
  }

  LifecycleStage lifecycleStage() {
    var name = textOr("lifecycle_stage", "active").toUpperCase(Locale.ROOT);
    return name.equals("DELETED") ? LifecycleStage.DELETED : LifecycleStage.ACTIVE;
  }

  /// A mapping of texts below a key, such as the tags of an input.
  Map<String, String> texts(String key) {
    var texts = new LinkedHashMap<String, String>();
    if (values.get(key) instanceof Map<?, ?> map) {
      map.forEach((name, value) -> texts.put(String.valueOf(name), String.valueOf(value)));
    }
    return texts;
  }
}
