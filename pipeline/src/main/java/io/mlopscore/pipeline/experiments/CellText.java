package io.mlopscore.pipeline.experiments;

import io.mlopscore.pipeline.PythonText;
import io.mlopscore.pipeline.yaml.Value;
import io.mlopscore.pipeline.yaml.Value.Items;
import io.mlopscore.pipeline.yaml.Value.Mapping;
import io.mlopscore.pipeline.yaml.Value.Real;
import io.mlopscore.pipeline.yaml.Value.Text;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.LinkedHashMap;
import java.util.OptionalInt;

/// Values as DVC's tables show them.
final class CellText {
  private static final int SMALLEST_EXPONENT = -4;

  private CellText() {}

  /// @param digits how many significant ones floats have; empty for all
  static String of(Value value, OptionalInt digits) {
    var rounded = digits.isPresent() ? rounded(value, digits.getAsInt()) : value;
    return rounded instanceof Text(var text) ? text : PythonText.repr(rounded);
  }

  /// Floats inside become texts, as in DVC.
  private static Value rounded(Value value, int digits) {
    return switch (value) {
      case Real(var real) -> new Text(general(real, digits));
      case Items(var items) ->
          new Items(items.stream().map(item -> rounded(item, digits)).toList());
      case Mapping mapping -> {
        var entries = new LinkedHashMap<Value, Value>();
        mapping.entries().forEach((key, item) -> entries.put(key, rounded(item, digits)));
        yield new Mapping(entries);
      }
      case Value other -> other;
    };
  }

  /// C's `%.<digits>g`.
  static String general(double value, int digits) {
    if (!Double.isFinite(value) || value == 0) {
      return value == 0 ? "0" : PythonText.of(new Real(value));
    }
    var rounded = new BigDecimal(value).round(new MathContext(digits));
    int exponent = rounded.precision() - rounded.scale() - 1;
    var plain = rounded.stripTrailingZeros();
    if (exponent >= SMALLEST_EXPONENT && exponent < digits) {
      return plain.toPlainString();
    }
    var mantissa = plain.movePointLeft(exponent).stripTrailingZeros().toPlainString();
    return "%se%s%02d".formatted(mantissa, exponent < 0 ? "-" : "+", Math.abs(exponent));
  }
}
