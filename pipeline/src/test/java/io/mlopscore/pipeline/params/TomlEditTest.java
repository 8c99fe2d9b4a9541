package io.mlopscore.pipeline.params;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlopscore.pipeline.yaml.Value;
import io.mlopscore.pipeline.yaml.Value.Items;
import io.mlopscore.pipeline.yaml.Value.Mapping;
import io.mlopscore.pipeline.yaml.Value.Real;
import io.mlopscore.pipeline.yaml.YamlException;
import java.util.LinkedHashMap;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TomlEditTest {
  private static final String TEXT =
      """
      # head
      title = "x"  # t
      n = 1 # one
      quoted."a.b" = 'it''
      many = [
        1, # first
        2,
      ]
      in = {p = 1, q = { r = "}" }}
      d.e = 4

      [sec] # s
      x = 1.0   # xx
      y = \"\"\"
      [no]
      header = 1\"\"\"

      [sec.sub]
      k = 1

      [[arr]]
      v = 1
      [[arr]]
      v = 2
      """
          .replace("'it''", "'it'");

  private static Mapping with(Mapping values, String path, Value value) {
    int dot = path.indexOf('/');
    if (dot < 0) {
      return values.with(path, value);
    }
    var inner = values.get(path.substring(0, dot)).orElse(Mapping.EMPTY);
    return values.with(
        path.substring(0, dot), with((Mapping) inner, path.substring(dot + 1), value));
  }

  private static String set(String text, String path, Value value) {
    var now = (Mapping) TomlParams.read(text, "p.toml");
    return TomlEdit.of(text, "p.toml", with(now, path, value));
  }

  @ParameterizedTest
  @CsvSource({
    "n, n = 1 #, n = 7 #",
    "quoted/a.b, -, 7",
    "in/q/r, r = \"}\" }}, r = 7 }}",
    "d/e, d.e = 4, d.e = 7",
    "sec/x, x = 1.0   #, x = 7   #",
    "sec/sub/k, k = 1, k = 7"
  })
  void replacesAValueAndKeepsAllElse(String path, String before, String after) {
    var old = path.equals("quoted/a.b") ? "'it'" : before;
    assertThat(set(TEXT, path, Value.of(7))).isEqualTo(TEXT.replaceFirst(quote(old), after));
  }

  private static String quote(String text) {
    return java.util.regex.Pattern.quote(text);
  }

  @Test
  void writesValuesAsTomlHasThem() {
    var list = new Items(List.of(Value.of(1), Value.of("a"), new Items(List.of())));
    assertThat(set("a = 0\n", "a", new Real(1e-5))).isEqualTo("a = 1e-05\n");
    assertThat(set("a = 0\n", "a", new Real(2))).isEqualTo("a = 2.0\n");
    assertThat(set("a = 0\n", "a", new Real(Double.NEGATIVE_INFINITY))).isEqualTo("a = -inf\n");
    assertThat(set("a = 0\n", "a", new Value.Bool(true))).isEqualTo("a = true\n");
    assertThat(set("a = 0\n", "a", Value.of("é \"\\\n"))).isEqualTo("a = \"é \\\"\\\\\\n\"\n");
    assertThat(set("a = 0\n", "a", list)).isEqualTo("a = [1, \"a\", []]\n");
    assertThat(set("a = 0\n", "a", Mapping.EMPTY.with("b c", Value.of(1))))
        .isEqualTo("a = {\"b c\" = 1}\n");
    assertThatThrownBy(() -> set("a = 0\n", "a", Value.none()))
        .isInstanceOf(YamlException.class)
        .hasMessage("p.toml: cannot be changed so: TOML has no null");
  }

  @Test
  void anItemOfAListOrOfATableInAListIsReplacedAlone() {
    assertThat(set(TEXT, "many", new Items(List.of(Value.of(1), Value.of(5)))))
        .isEqualTo(TEXT.replace("  2,", "  5,"));
    var tables =
        List.<Value>of(Mapping.EMPTY.with("v", Value.of(1)), Mapping.EMPTY.with("v", Value.of(9)));
    assertThat(set(TEXT, "arr", new Items(tables))).isEqualTo(TEXT.replace("v = 2", "v = 9"));
  }

  @Test
  void newKeysStandAtTheEndOfTheirTable() {
    assertThat(set(TEXT, "new", Value.of(1)))
        .isEqualTo(TEXT.replace("d.e = 4\n", "d.e = 4\nnew = 1\n"));
    assertThat(set(TEXT, "sec/new", Value.of(1)))
        .isEqualTo(TEXT.replace("header = 1\"\"\"\n", "header = 1\"\"\"\nnew = 1\n"));
    assertThat(set(TEXT, "d/f", Value.of(1)))
        .isEqualTo(TEXT.replace("d.e = 4\n", "d.e = 4\nd.f = 1\n"));
    assertThat(set(TEXT, "o/p", Value.of(1))).isEqualTo(TEXT + "\n[o]\np = 1\n");
    assertThat(set("", "a", Value.of(1))).isEqualTo("a = 1\n");
    assertThat(set("# c\n[s]\r\nb = 1", "s/c", Value.of(1)))
        .isEqualTo("# c\n[s]\r\nb = 1\r\nc = 1\r\n");
    assertThat(set("# c\n[s]\nb = 1\n", "a", Value.of(1))).isEqualTo("# c\na = 1\n\n[s]\nb = 1\n");
  }

  @Test
  void whatGoesTakesItsLinesAlong() {
    assertThat(without("n")).isEqualTo(TEXT.replace("n = 1 # one\n", ""));
    assertThat(without("many")).isEqualTo(TEXT.replace("many = [\n  1, # first\n  2,\n]\n", ""));
    assertThat(without("sec"))
        .isEqualTo(
            TEXT.substring(0, TEXT.indexOf("[sec]")) + TEXT.substring(TEXT.indexOf("[[arr")));
    assertThat(without("arr")).isEqualTo(TEXT.substring(0, TEXT.indexOf("[[arr")));
  }

  private static String without(String key) {
    var now = (Mapping) TomlParams.read(TEXT, "p.toml");
    var fewer = new LinkedHashMap<>(now.entries());
    fewer.remove(Value.of(key));
    return TomlEdit.of(TEXT, "p.toml", new Mapping(fewer));
  }
}
