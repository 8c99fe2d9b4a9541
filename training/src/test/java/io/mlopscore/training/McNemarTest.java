package io.mlopscore.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/// Against SciPy's `binomtest(b, b + c)`; the first pair is Agresti's approval ratings
/// (Categorical Data Analysis, table 10.1).
class McNemarTest {
  @Test
  void probabilityIsThatOfTheBinomialTest() {
    assertThat(new McNemar(86, 150).pValue()).isCloseTo(3.715936139571442e-05, within(1e-12));
    assertThat(new McNemar(150, 86).pValue()).isCloseTo(3.715936139571442e-05, within(1e-12));
    assertThat(new McNemar(1, 5).pValue()).isCloseTo(0.21875, within(1e-15));
    assertThat(new McNemar(40_000, 41_000).pValue()).isCloseTo(0.000447821823137557, within(1e-12));
  }

  @Test
  void noDifferenceIsNoEvidence() {
    assertThat(new McNemar(0, 0).pValue()).isEqualTo(1);
    assertThat(new McNemar(7, 7).pValue()).isEqualTo(1);
  }
}
