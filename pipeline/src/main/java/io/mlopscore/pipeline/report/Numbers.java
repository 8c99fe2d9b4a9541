package io.mlopscore.pipeline.report;

import io.mlopscore.pipeline.compare.Table;
import io.mlopscore.pipeline.yaml.Value;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Optional;

/// Numbers as a reader compares them: six digits that count.
final class Numbers {
  private static final MathContext DIGITS = new MathContext(6);
  private static final int LONGEST = 12;
  private static final int PLACES = 5;

  private Numbers() {}

  static String text(double value) {
    if (!Double.isFinite(value)) {
      return Double.toString(value);
    }
    var rounded = BigDecimal.valueOf(value).round(DIGITS).stripTrailingZeros();
    var plain = rounded.toPlainString();
    return plain.length() <= LONGEST ? plain : rounded.toString();
  }

  /// A value of any kind.
  static String text(Value value) {
    return switch (value) {
      case Value.Real(var number) -> text(number);
      case Value other -> Table.cell(Optional.of(other), PLACES);
    };
  }

  /// By how much something grew, with its sign.
  static String signed(Value value) {
    var text = text(value);
    return text.startsWith("-") || text.equals("0") ? text : "+" + text;
  }
}
