package io.mlopscore.pipeline.yaml;

import io.mlopscore.pipeline.yaml.Value.Bool;
import io.mlopscore.pipeline.yaml.Value.Int;
import io.mlopscore.pipeline.yaml.Value.Real;
import java.math.BigInteger;
import java.util.Optional;

/// By how much a number grew, as Python subtracts: truth values are 0 and 1.
public final class Change {
  private Change() {}

  /// Empty if one of both is no number.
  public static Optional<Value> between(Value old, Value now) {
    var left = whole(old);
    var right = whole(now);
    if (left.isPresent() && right.isPresent()) {
      return Optional.of(new Int(right.get().subtract(left.get())));
    }
    var a = real(old);
    var b = real(now);
    return a.isPresent() && b.isPresent()
        ? Optional.of(new Real(b.get() - a.get()))
        : Optional.empty();
  }

  private static Optional<BigInteger> whole(Value value) {
    return switch (value) {
      case Int(var whole) -> Optional.of(whole);
      case Bool(var bool) -> Optional.of(bool ? BigInteger.ONE : BigInteger.ZERO);
      case Value _ -> Optional.empty();
    };
  }

  private static Optional<Double> real(Value value) {
    return value instanceof Real(var real)
        ? Optional.of(real)
        : whole(value).map(BigInteger::doubleValue);
  }
}
