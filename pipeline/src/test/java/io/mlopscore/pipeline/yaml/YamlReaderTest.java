package io.mlopscore.pipeline.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlopscore.pipeline.yaml.Value.Bool;
import io.mlopscore.pipeline.yaml.Value.Int;
import io.mlopscore.pipeline.yaml.Value.Mapping;
import io.mlopscore.pipeline.yaml.Value.Moment;
import io.mlopscore.pipeline.yaml.Value.Real;
import io.mlopscore.pipeline.yaml.Value.Text;
import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Scalars have the types Python gives them; hostile files are errors.
final class YamlReaderTest {
  private static Value read(String text) {
    return YamlReader.read(text, "test.yaml");
  }

  @ParameterizedTest
  @CsvSource({"1_000,1000", "010,10", "0o10,8", "0x1f,31", "0b11,3", "-7,-7", "+7,7"})
  void integersOfEveryNotation(String text, long number) {
    assertThat(read(text)).isEqualTo(new Int(BigInteger.valueOf(number)));
  }

  @ParameterizedTest
  @CsvSource({"1e-3,0.001", "1e5,100000", ".5,0.5", "1.,1", "-.inf,-Infinity", "1_0.5,10.5"})
  void realsOfEveryNotation(String text, double number) {
    assertThat(read(text)).isEqualTo(new Real(number));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"yes", "on", "Yes", "1:30", "0x", "1e", "v1.0", "'1'", "\"true\"", "!!str 1"})
  void whatOnlyLooksLikeAnotherTypeIsText(String text) {
    assertThat(read(text)).isInstanceOf(Text.class);
  }

  @Test
  void otherScalars() {
    assertThat(read("TRUE")).isEqualTo(new Bool(true));
    assertThat(read("~")).isEqualTo(Value.none());
    assertThat(read("2020-01-02")).isEqualTo(new Moment("2020-01-02"));
  }

  @Test
  void mergeKeysGiveWayToOwnKeys() {
    var merged = (Mapping) read("a: &a {x: 1, y: 2}\nb:\n  <<: *a\n  y: 3\n");
    assertThat(merged.get("b").orElseThrow()).isEqualTo(reordered("x: 1\ny: 3\n"));
  }

  private static Value reordered(String text) {
    var plain = (Mapping) read(text);
    return new Mapping(plain.entries(), java.util.Map.of(Value.of("y"), 4));
  }

  @Test
  void aKeyThatAppearsTwiceIsNamedWithItsLine() {
    assertThatThrownBy(() -> read("a: 1\nb: 2\na: 3\n"))
        .isInstanceOf(YamlException.class)
        .hasMessage("test.yaml:3: the key 'a' appears twice");
  }

  @Test
  void aBrokenFileIsNamedWithTheLine() {
    assertThatThrownBy(() -> read("a: 1\nb: [\n")).hasMessageStartingWith("test.yaml:3:");
  }

  @Test
  void aliasesThatExpandWithoutEndAreRefused() {
    var bomb = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
    for (int i = 1; i < 10; i++) {
      bomb.append("a%d: &a%d [".formatted(i, i));
      bomb.append(("*a" + (i - 1) + ",").repeat(10)).append("]\n");
    }
    assertThatThrownBy(() -> read(bomb.toString())).isInstanceOf(YamlException.class);
  }

  @Test
  void aValueThatContainsItselfIsRefused() {
    assertThatThrownBy(() -> read("a: &a [*a]\n")).isInstanceOf(YamlException.class);
  }

  @Test
  void nestingWithoutEndIsRefused() {
    assertThatThrownBy(() -> read("[".repeat(200_000))).isInstanceOf(YamlException.class);
  }
}
