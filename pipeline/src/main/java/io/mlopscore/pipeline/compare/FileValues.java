package io.mlopscore.pipeline.compare;

import io.mlopscore.pipeline.yaml.DottedValues;
import io.mlopscore.pipeline.yaml.Value;
import io.mlopscore.pipeline.yaml.Value.Mapping;
import java.util.Map;

/// What a file of metrics or parameters holds.
public sealed interface FileValues {
  /// @param value mostly a mapping
  record Read(Value value) implements FileValues {}

  /// It is declared, but neither in its place nor in the cache.
  record Missing() implements FileValues {}

  /// @param type what DVC calls the failure
  /// @param message begins with the path of the file
  record Broken(String type, String message) implements FileValues {}

  /// As a mapping: a value that is none has an empty name.
  default Mapping mapping() {
    return switch (this) {
      case Read(Mapping mapping) -> mapping;
      case Read(var value) -> new Mapping(Map.of(Value.of(""), value));
      case Missing _, Broken _ -> Mapping.EMPTY;
    };
  }

  /// By dotted names.
  default Map<String, Value> dotted() {
    return DottedValues.of(mapping());
  }

  /// The shape that DVC gives it: `data`, or `error` with `type` and `msg`.
  ///
  /// @param file its path
  default Mapping json(String file) {
    return switch (this) {
      case Read(var value) -> Mapping.EMPTY.with("data", value);
      case Missing() ->
          error("FileNotFoundError", "[Errno 2] No such file or directory: '" + file + "'");
      case Broken(var type, var message) -> error(type, message);
    };
  }

  private static Mapping error(String type, String message) {
    var error = Mapping.EMPTY.with("type", Value.of(type)).with("msg", Value.of(message));
    return Mapping.EMPTY.with("error", error);
  }
}
