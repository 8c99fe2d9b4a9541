package io.mlopscore.app;

import java.time.Duration;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads how long something may be old, as `mlflow gc` does: `30d`, `2d8h5m20s`, `1.5h`.
final class Age implements ITypeConverter<Duration> {
  private static final String NUMBER = "(\\d+(?:\\.\\d+)?)";
  private static final Pattern FORM =
      Pattern.compile("(?:%1$sd)?(?:%1$sh)?(?:%1$sm)?(?:%1$ss)?".formatted(NUMBER));
  private static final double[] SECONDS = {86_400, 3_600, 60, 1};

  @Override
  public Duration convert(String text) {
    var parts = FORM.matcher(text);
    if (text.isEmpty() || !parts.matches()) {
      throw new TypeConversionException("'" + text + "' must be an age such as 30d or 2d8h5m20s");
    }
    var seconds = 0.0;
    for (var unit = 0; unit < SECONDS.length; unit++) {
      var number = parts.group(unit + 1);
      seconds += number == null ? 0 : Double.parseDouble(number) * SECONDS[unit];
    }
    return Duration.ofMillis(Math.round(seconds * 1000));
  }
}
