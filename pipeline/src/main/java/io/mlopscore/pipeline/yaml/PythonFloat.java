package io.mlopscore.pipeline.yaml;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/// The text Python gives a float: the fewest digits that read back as the same number, with an
/// exponent below 1e-4 and from 1e16 on (`0.001`, `1e-07`, `100000.0`, `1e+16`).
final class PythonFloat {
  private PythonFloat() {}

  /// The text of a finite number.
  static String text(double value) {
    if (value == 0) {
      return 1 / value < 0 ? "-0.0" : "0.0";
    }
    var decimal = shortest(Math.abs(value));
    var digits = decimal.unscaledValue().toString();
    int exponent = digits.length() - 1 - decimal.scale();
    var sign = value < 0 ? "-" : "";
    return sign + (exponent < -4 || exponent >= 16 ? scientific(digits, exponent) : plain(decimal));
  }

  /// Java gives at least two digits, so 5e-324 would be 4.9e-324.
  private static BigDecimal shortest(double value) {
    var decimal = new BigDecimal(Double.toString(value)).stripTrailingZeros();
    if (decimal.precision() == 2) {
      var single = decimal.round(new MathContext(1, RoundingMode.HALF_EVEN)).stripTrailingZeros();
      return single.doubleValue() == value ? single : decimal;
    }
    return decimal;
  }

  private static String plain(BigDecimal decimal) {
    var text = decimal.toPlainString();
    return text.indexOf('.') < 0 ? text + ".0" : text;
  }

  private static String scientific(String digits, int exponent) {
    var mantissa = digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
    int size = Math.abs(exponent);
    return mantissa + (exponent < 0 ? "e-" : "e+") + (size < 10 ? "0" + size : size);
  }
}
