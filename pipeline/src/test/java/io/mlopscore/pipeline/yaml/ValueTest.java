package io.mlopscore.pipeline.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Values compare, and are written as JSON, as in Python.
final class ValueTest {
  private static Value read(String text) {
    return YamlReader.read(text, "test.yaml");
  }

  /// Such as a comment that came in above.
  @Test
  void whereAMappingStoodMakesNoDifference() {
    assertThat(read("# note\na: 1\n\nb: 2\n")).isEqualTo(read("a: 1\nb: 2\n"));
    assertThat(read("a: 1\nb: 3\n")).isNotEqualTo(read("a: 1\nb: 2\n"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "1; 1.0; true",
        "true; 1; true",
        "0.001; 1e-3; true",
        "1; \"'1'\"; false",
        ".nan; .nan; false",
        ".inf; .inf; true",
        "[1, {a: true}]; [1.0, {a: 1}]; true",
        "[1, 2]; [2, 1]; false",
        "{a: 1, b: 2}; {b: 2, a: 1}; true",
        "{a: 1}; {a: 1, b: 2}; false",
        "12345678901234567890; 12345678901234567890.0; false",
        "~; false; false"
      })
  void equalityIsThatOfPython(String one, String other, boolean same) {
    assertThat(read(unquoted(one)).same(read(unquoted(other)))).isEqualTo(same);
    assertThat(read(unquoted(other)).same(read(unquoted(one)))).isEqualTo(same);
  }

  private static String unquoted(String text) {
    return text.startsWith("\"") ? text.substring(1, text.length() - 1) : text;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "1e-7; 1e-07",
        "100000.0; 100000.0",
        "1e16; 1e+16",
        "123456789012345.6; 123456789012345.6",
        "0.0001; 0.0001",
        "0.00001; 1e-05",
        "1.5e300; 1.5e+300",
        "5e-324; 5e-324",
        "2e23; 2e+23",
        "-0.0; -0.0",
        ".inf; Infinity",
        ".nan; NaN"
      })
  void floatsAreWrittenAsPythonWritesThem(String yaml, String json) {
    assertThat(JsonText.of(read(yaml))).isEqualTo(json);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "{b: [1, x], a: {d: null, c: true}}; {\"a\": {\"c\": true, \"d\": null}, \"b\": [1, \"x\"]}",
        "\"é\\U0001f600\\x7f/\\n\\\"\"; \"\\u00e9\\ud83d\\ude00\\u007f/\\n\\\"\"",
        "{2: a, 10: b}; {\"10\": \"b\", \"2\": \"a\"}",
      })
  void jsonIsWrittenAsPythonWritesIt(String yaml, String json) {
    assertThat(JsonText.of(read(yaml))).isEqualTo(json);
  }
}
