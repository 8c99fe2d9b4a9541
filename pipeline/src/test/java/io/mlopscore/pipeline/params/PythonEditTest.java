package io.mlopscore.pipeline.params;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlopscore.pipeline.yaml.Value;
import io.mlopscore.pipeline.yaml.Value.Bool;
import io.mlopscore.pipeline.yaml.Value.Items;
import io.mlopscore.pipeline.yaml.Value.Mapping;
import io.mlopscore.pipeline.yaml.Value.Real;
import io.mlopscore.pipeline.yaml.YamlException;
import java.util.List;
import org.junit.jupiter.api.Test;

class PythonEditTest {
  private static final String TEXT =
      """
      # head
      import os
      A = 1  # one
      B: float = 2.5
      C = 'x'
      D = [
          1,  # first
          2,
      ]
      E = {"k": 1, "l": {"m": -2}}
      F = (1, 2); G = True
      CALL = os.getcwd()

      class Train:
          lr = 0.1  # rate
          class Inner:
              z = 1
          def __init__(self):
              self.depth = 5
      """;

  private static String set(String text, Value value, String... path) {
    var now = (Mapping) PythonParams.read(text, "p.py");
    return PythonEdit.of(text, "p.py", with(now, value, List.of(path)));
  }

  private static Mapping with(Mapping values, Value value, List<String> path) {
    if (path.size() == 1) {
      return values.with(path.getFirst(), value);
    }
    var inner = values.get(path.getFirst()).orElse(Mapping.EMPTY);
    return values.with(path.getFirst(), with((Mapping) inner, value, path.subList(1, path.size())));
  }

  @Test
  void replacesAConstantAndKeepsAllElse() {
    assertThat(set(TEXT, Value.of(6), "A")).isEqualTo(TEXT.replace("A = 1 ", "A = 6 "));
    assertThat(set(TEXT, new Real(1e-10), "B")).isEqualTo(TEXT.replace("2.5", "1e-10"));
    assertThat(set(TEXT, Value.of("it's \"\n"), "C"))
        .isEqualTo(TEXT.replace("'x'", "\"it's \\\"\\n\""));
    assertThat(set(TEXT, Value.none(), "C")).isEqualTo(TEXT.replace("'x'", "None"));
    assertThat(set(TEXT, new Items(List.of(Value.of(1), Value.of(5))), "D"))
        .isEqualTo(TEXT.replace("    2,", "    5,"));
    assertThat(set(TEXT, new Items(List.of(Value.of("a"))), "D"))
        .isEqualTo(TEXT.replace("[\n    1,  # first\n    2,\n]", "[\"a\"]"));
    assertThat(set(TEXT, Value.of(3), "E", "l", "m")).isEqualTo(TEXT.replace("-2", "3"));
    assertThat(set(TEXT, Value.of(3), "E", "n"))
        .isEqualTo(TEXT.replace("{\"m\": -2}}", "{\"m\": -2}, \"n\": 3}"));
    assertThat(set(TEXT, new Items(List.of(Value.of(1), Value.of(7))), "F"))
        .isEqualTo(TEXT.replace("(1, 2)", "(1, 7)"));
    assertThat(set(TEXT, new Bool(false), "G")).isEqualTo(TEXT.replace("True", "False"));
    assertThat(set(TEXT, new Real(0.5), "Train", "lr")).isEqualTo(TEXT.replace("0.1", "0.5"));
    assertThat(set(TEXT, Value.of(2), "Train", "Inner", "z"))
        .isEqualTo(TEXT.replace("z = 1", "z = 2"));
    assertThat(set(TEXT, Value.of(6), "Train", "depth"))
        .isEqualTo(TEXT.replace("depth = 5", "depth = 6"));
    assertThat(set("\ufeffA = 1\r\nA = 2", Value.of(3), "A")).isEqualTo("\ufeffA = 1\r\nA = 3");
  }

  @Test
  void constantsAreNeitherAddedNorRemoved() {
    assertThatThrownBy(() -> set(TEXT, Value.of(1), "Train", "new"))
        .isInstanceOf(YamlException.class)
        .hasMessage(
            "p.py: cannot be changed so: 'Train.new' is no constant there, and none is added to a"
                + " Python file");
    assertThatThrownBy(() -> PythonEdit.of("A = 1\n", "p.py", Mapping.EMPTY))
        .hasMessageContaining("'A' stays");
    assertThatThrownBy(() -> set(TEXT, new Real(Double.NaN), "A"))
        .hasMessageContaining("Python has no constant for");
  }
}
