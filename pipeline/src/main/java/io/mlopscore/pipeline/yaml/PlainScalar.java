package io.mlopscore.pipeline.yaml;

import io.mlopscore.pipeline.yaml.Value.Bool;
import io.mlopscore.pipeline.yaml.Value.Int;
import io.mlopscore.pipeline.yaml.Value.Moment;
import io.mlopscore.pipeline.yaml.Value.Real;
import io.mlopscore.pipeline.yaml.Value.Text;
import java.math.BigInteger;
import java.util.regex.Pattern;

/// What an unquoted YAML scalar means to DVC, which reads YAML 1.2 with a few additions: `1_000`
/// and `0b1` are numbers, `2020-01-02` a date; `yes`, `on` and `1:30` are strings.
final class PlainScalar {
  private static final Pattern REAL =
      Pattern.compile(
          "[-+]?[0-9][0-9_]*\\.[0-9_]*(?:[eE][-+]?[0-9]+)?"
              + "|[-+]?[0-9][0-9_]*[eE][-+]?[0-9]+"
              + "|[-+]?\\.[0-9_]+(?:[eE][-+][0-9]+)?");
  private static final Pattern INTEGER =
      Pattern.compile("[-+]?(?:0b[01_]+|0o?[0-7_]+|[0-9_]+|0x[0-9a-fA-F_]+)");
  private static final Pattern MOMENT =
      Pattern.compile(
          "[0-9]{4}-[0-9]{2}-[0-9]{2}"
              + "|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt]|[ \\t]+)[0-9]{1,2}:[0-9]{2}:[0-9]{2}"
              + "(?:\\.[0-9]*)?(?:[ \\t]*(?:Z|[-+][0-9]{1,2}(?::[0-9]{2})?))?");

  private PlainScalar() {}

  static Value parse(String text) {
    return switch (text) {
      case "", "~", "null", "Null", "NULL" -> Value.none();
      case "true", "True", "TRUE" -> new Bool(true);
      case "false", "False", "FALSE" -> new Bool(false);
      case ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF" -> new Real(Double.POSITIVE_INFINITY);
      case "-.inf", "-.Inf", "-.INF" -> new Real(Double.NEGATIVE_INFINITY);
      case ".nan", ".NaN", ".NAN" -> new Real(Double.NaN);
      default -> numberOrText(text);
    };
  }

  /// Whether the text, written without quotes, would be read back as this string.
  static boolean staysText(String text) {
    return !text.equals("<<") && !text.equals("=") && parse(text) instanceof Text;
  }

  private static Value numberOrText(String text) {
    char first = text.charAt(0);
    boolean numeric = first >= '0' && first <= '9';
    if (!numeric && first != '-' && first != '+' && first != '.') {
      return new Text(text);
    }
    if (REAL.matcher(text).matches() && hasDigit(text)) {
      return new Real(Double.parseDouble(text.replace("_", "")));
    }
    if (INTEGER.matcher(text).matches() && hasDigit(text)) {
      return integer(text.replace("_", ""));
    }
    return numeric && MOMENT.matcher(text).matches() ? new Moment(text) : new Text(text);
  }

  private static boolean hasDigit(String text) {
    return text.chars().anyMatch(c -> c >= '0' && c <= '9');
  }

  private static Value integer(String text) {
    boolean negative = text.startsWith("-");
    var digits = negative || text.startsWith("+") ? text.substring(1) : text;
    var magnitude = magnitude(digits);
    return new Int(negative ? magnitude.negate() : magnitude);
  }

  private static BigInteger magnitude(String digits) {
    if (digits.length() > 2 && digits.charAt(0) == '0') {
      switch (digits.charAt(1)) {
        case 'b' -> {
          return new BigInteger(digits.substring(2), 2);
        }
        case 'o' -> {
          return new BigInteger(digits.substring(2), 8);
        }
        case 'x' -> {
          return new BigInteger(digits.substring(2), 16);
        }
        default -> {}
      }
    }
    return new BigInteger(digits);
  }
}
