package io.mlopscore.tracking.files;

import io.mlopscore.tracking.ErrorCode;
import io.mlopscore.tracking.LifecycleStage;
import io.mlopscore.tracking.TrackingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
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
    return read(folder.resolve(NAME));
  }

  /// @throws TrackingException naming the file, when it cannot be read as a mapping
  static MetaFile read(Path file) {
    try {
      if (yaml(file).loadFromString(Files.readString(file)) instanceof Map<?, ?> values) {
        return new MetaFile(file, values);
      }
      throw unusable(file, "it is no mapping");
    } catch (IOException | YamlEngineException e) {
      throw unusable(file, e.toString(), e);
    }
  }

  /// Without the usual limit: MLflow's of the profile of a data set is 16 MB.
  private static Load yaml(Path file) {
    return new Load(
        LoadSettings.builder()
            .setLabel(file.toString())
            .setSchema(new PythonScalars())
            .setCodePointLimit(Integer.MAX_VALUE)
            .build());
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

  /// Milliseconds since the epoch, which may be written as `2026-11-30T19:35:06.656Z`.
  long timeOr(String key, long other) {
    return switch (values.get(key)) {
      case null -> other;
      case Number number -> number.longValue();
      case Object text -> time(key, text.toString());
    };
  }

  private long time(String key, String text) {
    try {
      return OffsetDateTime.parse(text).toInstant().toEpochMilli();
    } catch (DateTimeException e) {
      throw unusable(file, "`" + key + "` must be a time, not '" + text + "'", e);
    }
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
