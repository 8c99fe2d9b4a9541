package io.mlopscore.tracking.traces;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.JsonGeneratorDelegate;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// JSON with the spaces and numbers that MLflow puts into it, on which searches in the text
/// of spans rely: `{"a": [1, 1.5e-05, NaN]}`.
public final class JsonText {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .disable(JsonWriteFeature.WRITE_NAN_AS_STRINGS)
          .build();
  private static final ObjectWriter WRITER = JSON.writer(new Spaces());

  private JsonText() {}

  public static String write(JsonNode value) {
    var text = new StringWriter();
    try (var out = new Numbers(WRITER.createGenerator(text))) {
      WRITER.writeValue(out, value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  /// A number as MLflow writes it: `0.00015`, `1e-05`, `3.0`.
  public static String number(double value) {
    if (value == 0 || !Double.isFinite(value)) {
      return Double.toString(value);
    }
    var decimal = new BigDecimal(Double.toString(value)).stripTrailingZeros();
    var exponent = decimal.precision() - decimal.scale() - 1;
    if (exponent < -4 || exponent > 15) {
      var first = decimal.scaleByPowerOfTen(-exponent).toPlainString();
      return "%se%s%02d".formatted(first, exponent < 0 ? "-" : "+", Math.abs(exponent));
    }
    var plain = decimal.toPlainString();
    return plain.contains(".") ? plain : plain + ".0";
  }

  /// Nothing if the text is no JSON.
  public static Optional<JsonNode> read(@Nullable String text) {
    if (text == null || text.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.ofNullable(JSON.readTree(text));
    } catch (JsonProcessingException _) {
      return Optional.empty();
    }
  }

  /// The text that a JSON string holds; what is no JSON is its own text.
  public static Optional<String> text(@Nullable String json) {
    if (json == null) {
      return Optional.empty();
    }
    return Optional.of(
        read(json).map(value -> value.isTextual() ? value.textValue() : json).orElse(json));
  }

  private static final class Numbers extends JsonGeneratorDelegate {
    Numbers(JsonGenerator out) {
      super(out);
    }

    @Override
    public void writeNumber(double value) throws IOException {
      writeNumber(number(value));
    }
  }

  private static final class Spaces extends MinimalPrettyPrinter {
    private static final long serialVersionUID = 1L;

    @Override
    public void writeObjectFieldValueSeparator(JsonGenerator out) throws IOException {
      out.writeRaw(": ");
    }

    @Override
    public void writeObjectEntrySeparator(JsonGenerator out) throws IOException {
      out.writeRaw(", ");
    }

    @Override
    public void writeArrayValueSeparator(JsonGenerator out) throws IOException {
      out.writeRaw(", ");
    }
  }
}
