package io.mlopscore.pipeline;

import io.mlopscore.pipeline.yaml.Value;
import io.mlopscore.pipeline.yaml.Value.Mapping;
import java.util.LinkedHashMap;
import java.util.Optional;

/// What of a file counts as metrics: numbers, truth values and texts, at any depth. DVC leaves out
/// the rest, too.
public final class MetricValues {
  private MetricValues() {}

  /// Of a whole file; what Python holds false is nothing.
  public static Value in(Value all) {
    var counted = counted(all).orElse(Mapping.EMPTY);
    return counted.same(Value.of(0)) || counted.equals(Value.of("")) ? Mapping.EMPTY : counted;
  }

  private static Mapping nested(Mapping values) {
    var counted = new LinkedHashMap<Value, Value>();
    values
        .entries()
        .forEach((name, value) -> counted(value).ifPresent(found -> counted.put(name, found)));
    return new Mapping(counted);
  }

  private static Optional<Value> counted(Value value) {
    return switch (value) {
      case Value.Int _, Value.Real _, Value.Bool _, Value.Text _ -> Optional.of(value);
      case Mapping nested ->
          Optional.<Value>of(nested(nested)).filter(in -> !in.equals(Mapping.EMPTY));
      case Value.Null _, Value.Moment _, Value.Items _ -> Optional.empty();
    };
  }
}
