package io.mlopscore.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlopscore.pipeline.yaml.Value;
import io.mlopscore.pipeline.yaml.YamlException;
import io.mlopscore.pipeline.yaml.YamlReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files of parameters and the values that dotted names find in them.
final class ParamsTextTest {
  @TempDir private Path root;

  private Value.Mapping read(String name, String text) throws IOException {
    return ParamsText.read(
        Files.write(root.resolve(name), text.getBytes(StandardCharsets.ISO_8859_1)));
  }

  @Test
  void everyFormatGivesTheSameValues() throws IOException {
    var yaml = YamlReader.read("{a: 1, b: 1.5, c: x, t: {d: [1, true], e: .inf}}", "expected");
    assertThat(read("p.yaml", "a: 1\nb: 1.5\nc: x\nt: {d: [1, true], e: .inf}\n").same(yaml))
        .isTrue();
    assertThat(read("p.txt", "a: 1\nb: 1.5\nc: x\nt: {d: [1, true], e: .inf}\n").same(yaml))
        .isTrue();
    assertThat(
            read(
                    "p.JSON",
                    "{\"a\": 1, \"b\": 1.5, \"c\": \"x\", \"t\": {\"d\": [1, true], \"e\": Infinity}}")
                .same(yaml))
        .isTrue();
    assertThat(read("p.toml", "a = 1\nb = 1.5\nc = 'x'\n[t]\nd = [1, true]\ne = inf\n").same(yaml))
        .isTrue();
    assertThat(
            read("p.py", "a = 1\nb = 1.5\nc = 'x'\nclass t:\n  d = (1, True)\n  e = 1e999\n")
                .same(yaml))
        .isTrue();
  }

  @Test
  void emptyFilesHaveNoParameters() throws IOException {
    for (var name : new String[] {"p.yaml", "p.toml", "p.py"}) {
      assertThat(read(name, "").entries()).isEmpty();
    }
    assertThat(read("p.json", "null").entries()).isEmpty();
    assertThat(read("p.yaml", "0\n").entries()).isEmpty();
  }

  @Test
  void ofEqualKeysJsonTakesTheLast() throws IOException {
    assertThat(read("p.json", "{\"c\": 1, \"c\": 12345678901234567890}").get("c"))
        .contains(new Value.Int(new java.math.BigInteger("12345678901234567890")));
    assertThatThrownBy(() -> read("p.yaml", "c: 1\nc: 2\n"))
        .hasMessageContaining("'c' appears twice");
  }

  @Test
  void datesOfTomlAreKeptApart() throws IOException {
    assertThat(read("p.toml", "a = 2020-01-01\nx = 1\n").get("a"))
        .contains(new Value.Moment("2020-01-01"));
  }

  @Test
  void brokenFilesAreNamed() {
    var deep = "[".repeat(20_000);
    var broken =
        java.util.Map.of(
            "a.json", "{\"a\": 1,}",
            "b.toml", "a = \n",
            "c.yaml", "- 1\n",
            "d.yaml", "x: \u00ff\n",
            "e.yaml", "x: a\u0000b\n",
            "f.json", deep,
            "g.yaml", deep,
            "h.toml", "x = " + deep);
    broken.forEach(
        (name, text) ->
            assertThatThrownBy(() -> read(name, text))
                .as(name)
                .isInstanceOf(YamlException.class)
                .hasMessageContaining(name));
  }

  @Test
  void dottedNamesReachIntoMappingsAndLists() throws IOException {
    var all = read("p.yaml", "a.b: 1\na: {b: 2}\nc: [5, {x: 6}]\nd: {1: 2}\ne: {z: 1}\n1: 9\n");
    var expected =
        java.util.Map.of("a.b", 2, "c.0", 5, "c.-1.x", 6, "d.1", 2, "e.*", 1, "1", 9, "e.[xz]", 1);
    expected.forEach(
        (key, number) ->
            assertThat(ParamsKey.find(all, key)).as(key).contains(Value.of((long) number)));
    for (var absent : new String[] {"c.2", "a.b.c", "none", "e.x", ""}) {
      assertThat(ParamsKey.find(all, absent)).as(absent).isEmpty();
    }
    assertThatThrownBy(() -> ParamsKey.find(all, "c.*")).isInstanceOf(PipelineException.class);
  }
}
