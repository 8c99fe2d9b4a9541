package io.mlopscore.pipeline.params;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlopscore.pipeline.yaml.JsonText;
import io.mlopscore.pipeline.yaml.YamlException;
import org.junit.jupiter.api.Test;

class PythonParamsTest {
  private static final String MODULE =
      """
      import os
      A = 1
      B: float = 1e-3
      C = -2
      D = [1, (2, 3), "x"]
      E = 1, 2
      F = {"k": 1, "n": {"m": None}}
      G = H = 3
      I, J = 1, 2
      K = 1 + 2
      L = f"x{A}"
      M = "a" 'b'
      N = os.path
      O: int
      P = True; Q = 0x1f
      R = '''multi
      line'''
      S = r"\\n"
      T = not True
      U = ~1
      V = +5
      W = - -3
      X = {1, 2}
      Y = 1_000
      Z = (7)
      class Cls(object):
          '''doc = 1'''
          a = 5
          class Inner:
              b = 6.0
          def __init__(self, z=3):
              self.c = 7
              d = 8
              self.e: int = 9
              if True:
                  self.f = 10
          def other(self):
              self.g = 11
      if True:
          AB = 1
      def __init__(self):
          self.top = 1
          nottop = 2
      self.x = 4
      AC = [x for x in range(3)]
      AD = b"x"
      AE = "\\u00e9\\x41\\101\\N{BULLET}\\q"
      AG = 1j
      AH = ...
      class One: q = 1
      AI = (
         1, # c
         2,
      )
      AJ = \\
        3
      """;

  private static String json(String text) {
    return JsonText.of(PythonParams.read(text, "params.py"));
  }

  /// What dvc 3.67.1 records for this module.
  @Test
  void onlyConstantsAreFound() {
    assertThat(json(MODULE))
        .isEqualTo(
            "{\"A\": 1, \"AE\": \"\\u00e9AA\\u2022\\\\q\", \"AI\": [1, 2], \"AJ\": 3, \"B\": 0.001,"
                + " \"C\": -2, \"Cls\": {\"Inner\": {\"b\": 6.0}, \"a\": 5, \"c\": 7, \"e\": 9},"
                + " \"D\": [1, [2, 3], \"x\"], \"E\": [1, 2], \"F\": {\"k\": 1, \"n\": {\"m\": null}},"
                + " \"M\": \"ab\", \"One\": {\"q\": 1}, \"P\": true, \"Q\": 31,"
                + " \"R\": \"multi\\nline\", \"S\": \"\\\\n\", \"V\": 5, \"Y\": 1000, \"Z\": 7,"
                + " \"top\": 1, \"x\": 4}");
  }

  @Test
  void whatIsNotClosedIsBroken() {
    for (var text :
        new String[] {
          "A = (\n", "A = 'x\n", "A = '''x\n", "A = )\n", "A = " + "[".repeat(10_000)
        }) {
      assertThatThrownBy(() -> json(text))
          .isInstanceOf(YamlException.class)
          .hasMessageStartingWith("params.py:1: not valid Python");
    }
    assertThat(json("")).isEqualTo("{}");
    assertThat(json("A = 1")).isEqualTo("{\"A\": 1}");
    assertThat(json("\n# c\nif x:\n  A = 1\nB = 2 # c")).isEqualTo("{\"B\": 2}");
    assertThat(json("class A:\n\tx = 1\n\n\n\ty = 2\nz = 3\n"))
        .isEqualTo("{\"A\": {\"x\": 1, \"y\": 2}, \"z\": 3}");
  }
}
