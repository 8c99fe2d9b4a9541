package io.mlopscore.pipeline.gates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlopscore.pipeline.PipelineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A gate lets a metric through, or says what is wrong with it.
final class GatesTest {
  @TempDir private Path folder;

  private List<Gate> read(String text) throws IOException {
    Files.writeString(folder.resolve("mlops.yaml"), text);
    return Gates.in(folder);
  }

  private static Verdict judge(String gate, double before, double now) {
    return Gates.parse(gate).judge(Optional.of(before), Optional.of(now));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          accuracy:min=0.9                          | 0.95 | 0.9  |
          accuracy:min=0.9                          | 0.95 | 0.89 | below 0.9
          loss:max=2                                | 1    | 2.5  | above 2
          accuracy:max_drop=0.01                    | 0.95 | 0.94 |
          accuracy:max_drop=0.01                    | 0.95 | 0.93 | worse by 0.02, 0.01 is allowed
          accuracy:max_drop=0                       | 0.95 | 0.99 |
          loss:max_drop=0.1,higher_is_better=false  | 0.3  | 0.4  |
          loss:max_drop=0.1,higher_is_better=false  | 0.3  | 0.5  | worse by 0.2, 0.1 is allowed
          a:b:min=1                                 | 0    | 1    |
          """)
  void aLimitIsKeptOrBroken(String gate, double before, double now, String breach) {
    var verdict = judge(gate, before, now);
    assertThat(verdict.breaches()).isEqualTo(breach == null ? List.of() : List.of(breach));
    assertThat(verdict.passed()).isEqualTo(breach == null);
  }

  @Test
  void nothingToCompareWithIsNoFailureButSaid() {
    var verdict = Gates.parse("accuracy:max_drop=0.01").judge(Optional.empty(), Optional.of(0.1));
    assertThat(verdict.passed()).isTrue();
    assertThat(verdict.lacksComparison()).isTrue();
  }

  @Test
  void whatWasNotMeasuredIsNotLetThrough() {
    var gate = Gates.parse("accuracy:min=0");
    assertThat(gate.judge(Optional.of(1.0), Optional.empty()).breaches())
        .containsExactly("it was not measured");
    assertThat(judge("accuracy:min=0", 1, Double.NaN).breaches())
        .containsExactly("NaN is no number to compare");
  }

  @Test
  void aProjectHasThemInItsSettings() throws IOException {
    assertThat(Gates.in(folder)).isEmpty();
    assertThat(read("model: {name: m}\n")).isEmpty();
    var gates =
        read(
            """
            gates:
            - metric: accuracy
              min: 0.9
              max_drop: 0.01
            - {metric: log_loss, max: 1, higher_is_better: false}
            """);
    assertThat(gates).extracting(Gate::metric).containsExactly("accuracy", "log_loss");
    assertThat(gates).extracting(Gate::higherIsBetter).containsExactly(true, false);
    assertThat(gates.getFirst().text()).isEqualTo("at least 0.9, at most 0.01 lower");
    assertThat(Gates.joined(gates, List.of(Gates.parse("accuracy:min=1"))))
        .extracting(Gate::text)
        .containsExactly("at least 1", "at most 1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          gates: {accuracy: 1}                        | mlops.yaml: 'gates' must be a list, each with '- metric: NAME'
          gates: [accuracy]                           | mlops.yaml: gates[0] must be a mapping with a 'metric'
          gates: [{min: 1}]                           | mlops.yaml: gates[0]: 'metric' must be the name of a metric
          gates: [{metric: a}]                        | mlops.yaml: gates[0]: the gate on 'a' asks for nothing: give min, max or max_drop
          gates: [{metric: a, mim: 1}]                | mlops.yaml: gates[0]: unknown key 'mim'; known are metric, min, max, max_drop, higher_is_better
          gates: [{metric: a, min: x}]                | mlops.yaml: gates[0]: 'min' must be a number, not a string
          gates: [{metric: a, min: 2, max: 1}]        | mlops.yaml: gates[0]: the gate on 'a' lets nothing through: min is above max
          gates: [{metric: a, min: 1, higher_is_better: 1}] | mlops.yaml: gates[0]: 'higher_is_better' must be true or false, not an integer
          gates: [{metric: a, min: 1}, {metric: a, max: 1}] | mlops.yaml: there are two gates on 'a'; make them one
          """)
  void whatIsWrongIsNamed(String text, String message) {
    assertThatThrownBy(() -> read(text)).isInstanceOf(PipelineException.class).hasMessage(message);
  }

  @Test
  void aMisspeltOneOnTheCommandLineShowsHowItIsWritten() {
    assertThatThrownBy(() -> Gates.parse("accuracy>0.9"))
        .hasMessageStartingWith("'accuracy>0.9' is no gate; write it as METRIC:min=0.9");
    assertThatThrownBy(() -> Gates.parse("accuracy:0.9")).hasMessageContaining("is no gate");
  }
}
