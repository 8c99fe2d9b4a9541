package io.mlopscore.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.TypeConversionException;

class AgeTest {
  @Test
  void everyUnitCounts() {
    assertThat(age("30d")).isEqualTo(Duration.ofDays(30));
    assertThat(age("2d8h5m20s"))
        .isEqualTo(Duration.ofDays(2).plusHours(8).plusMinutes(5).plusSeconds(20));
    assertThat(age("1.5h")).isEqualTo(Duration.ofMinutes(90));
  }

  @Test
  void otherTextIsRefusedWithAnExample() {
    for (var text : new String[] {"", "30", "d", "5h2d", "-1d"}) {
      assertThatThrownBy(() -> age(text))
          .isInstanceOf(TypeConversionException.class)
          .hasMessageContaining("30d");
    }
  }

  private static Duration age(String text) {
    return new Age().convert(text);
  }
}
