package io.mlopscore.pipeline.experiments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlopscore.pipeline.experiments.ExperimentShow.Options;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is shown of experiments; the interop tests compare it with dvc's.
class ExperimentShowTest {
  private static final ExperimentTable.Options RAW = table(Optional.empty(), List.of());

  @TempDir Path folder;

  private static ExperimentTable.Options table(Optional<String> sortBy, List<String> drop) {
    return new ExperimentTable.Options(
        true,
        OptionalInt.empty(),
        sortBy,
        false,
        drop,
        List.of(),
        false,
        ZoneOffset.UTC,
        LocalDate.EPOCH);
  }

  private GitRepository repository() throws IOException {
    var repository = new GitRepository(folder).commit();
    repository.run("x", "lr=3");
    repository.run("y", "lr=2");
    return repository;
  }

  private static List<ExperimentState> states(GitRepository repository) throws IOException {
    var options = new Options(Baselines.HEAD, true, false, false, Set.of());
    return new ExperimentShow(repository.pipeline(), options).states();
  }

  @Test
  void theWorkspaceComesFirstThenCommitsWithTheirExperiments() throws IOException {
    var repository = repository();
    var states = states(repository);
    assertThat(states)
        .extracting(ExperimentState::revision)
        .containsExactly("workspace", repository.head());
    assertThat(states.getLast().name()).contains("main");
    assertThat(states.getLast().experiments())
        .extracting(variant -> variant.experiment().name().orElse(""))
        .containsExactlyInAnyOrder("x", "y");
    assertThat(new ExperimentJson(ZoneOffset.UTC).write(states))
        .contains("\"params\": {\"params.yaml\": {\"data\": {\"lr\": 2}}}")
        .contains("[Errno 2] No such file or directory: 'metrics.yaml'");
  }

  @Test
  void aTableIsSortedByAValueAndLeavesColumnsOut() throws IOException {
    var rows =
        ExperimentTable.of(
            states(repository()), table(Optional.of("params.yaml:lr"), List.of("Cre|parent")));
    assertThat(rows.getFirst())
        .containsExactly("Experiment", "rev", "typ", "metrics.yaml:lr", "params.yaml:lr");
    assertThat(rows.stream().map(List::getFirst).toList())
        .containsExactly("Experiment", "", "", "y", "x");
  }

  @Test
  void anUnknownColumnToSortByIsNamed() throws IOException {
    var states = states(repository());
    assertThatThrownBy(() -> ExperimentTable.of(states, table(Optional.of("nope"), List.of())))
        .hasMessage("Unknown sort column 'nope'");
    assertThat(ExperimentTable.of(states, RAW)).hasSize(5);
  }

  @Test
  void differencesOfNumbersAreCounted() throws IOException {
    var repository = repository();
    var options = new Options(Baselines.HEAD, true, false, false, Set.of());
    var show = new ExperimentShow(repository.pipeline(), options);
    assertThat(new ExperimentDiff(show.state("x"), show.state("y"), false).json())
        .isEqualTo(
            "{\"metrics\": {\"metrics.yaml\": {\"lr\": {\"old\": 3, \"new\": 2, \"diff\": -1}}},"
                + " \"params\": {\"params.yaml\": {\"lr\": {\"old\": 3, \"new\": 2, \"diff\": -1}}}}");
  }

  @ParameterizedTest
  @CsvSource({
    "0.5,0.5",
    "0.001,0.001",
    "12345678,1.2346e+07",
    "3,3",
    "0.00001234567,1.2346e-05",
    "99999.9,99999.9",
    "999999.9,1e+06",
    "-0.123456789,-0.12346",
    "0,0"
  })
  void floatsHaveFiveSignificantDigits(double value, String text) {
    assertThat(CellText.general(value, 5)).isEqualTo(text.equals("99999.9") ? "1e+05" : text);
  }

  @Test
  void savingRecordsTheWorkspaceAsItIs() throws IOException {
    var repository = repository();
    repository.write("model.txt", "by hand\n");
    var made =
        repository
            .newExperiments()
            .save(List.of(), Optional.of("s"), false, List.of(), Optional.empty());
    assertThat(made.untracked()).contains("metrics.yaml", ".gitignore");
    assertThat(repository.show("s", "dvc.lock")).contains("size: 8");
  }
}
