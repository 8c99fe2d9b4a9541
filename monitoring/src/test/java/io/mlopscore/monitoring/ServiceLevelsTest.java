package io.mlopscore.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The file of service levels, and what is refused with a sentence that helps.
final class ServiceLevelsTest {
  private static final String GOOD =
      """
      days: 28
      runbook: runbook.md
      services:
        shop:
          requests: job="shop"
          availability: 99.5
          latency: {percent: 99, milliseconds: 250}
      """;

  @TempDir private Path folder;

  private ServiceLevels read(String text) throws IOException {
    return ServiceLevels.read(Files.writeString(folder.resolve("slo.yaml"), text));
  }

  @Test
  void promisesAreReadAsTheyStand() throws IOException {
    var levels = read(GOOD);

    assertThat(levels.days()).isEqualTo(28);
    assertThat(levels.services())
        .singleElement()
        .satisfies(
            shop -> {
              assertThat(shop.name()).isEqualTo("shop");
              assertThat(shop.selector()).isEqualTo("job=\"shop\"");
              assertThat(shop.objectives())
                  .containsExactly(
                      new Objective.Availability(new BigDecimal("99.5")),
                      new Objective.Latency(new BigDecimal("99"), Duration.ofMillis(250)));
            });
  }

  @Test
  void budgetIsExact() {
    assertThat(new Objective.Availability(new BigDecimal("99.9")).budget())
        .isEqualByComparingTo("0.001");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          days: 28                   | days: 0                    | 'days' must be the length of the period
          availability: 99.5         | availability: 100          | no budget for errors
          availability: 99.5         | availability: often        | above 0 and below 100
          availability: 99.5         | avialability: 99.5         | 'avialability' (line 6) is not one of availability, latency, requests
          milliseconds: 250          | milliseconds: 0            | latency of service 'shop': 'milliseconds'
          percent: 99,               |                            | above 0 and below 100
          requests: job="shop"       | requests: 5                | service 'shop': 'requests' must be a text
          shop:                      | Shop:                      | named by a-z
          runbook: runbook.md        | other: x                   | 'other'
          """)
  void whatIsWrongIsSaid(String good, String bad, String message) {
    var text = GOOD.replace(good, bad == null ? "" : bad);
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(SloException.class)
        .hasMessageContaining("slo.yaml: ")
        .hasMessageContaining(message);
  }

  @Test
  void fileThatIsNotThereIsNamed() {
    assertThatThrownBy(() -> ServiceLevels.read(folder.resolve("none.yaml")))
        .isInstanceOf(SloException.class)
        .hasMessageContaining("none.yaml: there is no such file");
  }
}
