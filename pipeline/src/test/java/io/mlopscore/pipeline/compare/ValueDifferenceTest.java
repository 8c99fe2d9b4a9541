package io.mlopscore.pipeline.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlopscore.pipeline.Pipeline;
import io.mlopscore.pipeline.Repository;
import io.mlopscore.pipeline.yaml.JsonText;
import io.mlopscore.pipeline.yaml.Value;
import io.mlopscore.pipeline.yaml.Value.Mapping;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Values of two states of a project are told apart by file and name.
final class ValueDifferenceTest {
  @TempDir private Path root;
  private ValueFiles before = ValueFiles.NONE;

  @BeforeEach
  void project() throws IOException {
    Repository.init(root);
    write("params.yaml", "lr: 0.1\nnet: {size: 3, act: relu}\nlist: [1, a]\n");
    write("other.yaml", "x: 1\nunused: 2\n");
    write(
        "dvc.yaml",
        "stages:\n  a:\n    cmd: 'true'\n    params: [lr, other.yaml: [x]]\n    metrics: [m.json]\n");
    write("m.json", "{\"acc\": 0.8}");
    before = ValueFiles.params(Pipeline.open(root));
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(root.resolve(name), text);
  }

  private List<ValueDifference> differences(boolean unchanged) throws IOException {
    return ValueDifference.between(before, ValueFiles.params(Pipeline.open(root)), unchanged);
  }

  @Test
  void nothingDiffersFromItself() throws IOException {
    assertThat(differences(false)).isEmpty();
    assertThat(differences(true))
        .extracting(ValueDifference::name)
        .containsExactly("x", "list", "lr", "net.act", "net.size");
  }

  @Test
  void numbersAreSubtractedAndNewValuesHaveNoPast() throws IOException {
    write("params.yaml", "lr: 0.2\nnet: {size: 4, act: relu}\nlist: [null, b]\nnew: 1\n");
    assertThat(JsonText.of(ValueDifference.json(differences(false))))
        .isEqualTo(
            "{\"params.yaml\": {\"list\": {\"new\": \"[None, 'b']\", \"old\": \"[1, 'a']\"}, "
                + "\"lr\": {\"diff\": 0.1, \"new\": 0.2, \"old\": 0.1}, "
                + "\"net.size\": {\"diff\": 1, \"new\": 4, \"old\": 3}, "
                + "\"new\": {\"new\": 1, \"old\": null}}}");
  }

  @Test
  void nullIsNoValueAndAnEmptyMappingHasNoName() throws IOException {
    write(
        "params.yaml", "lr: 0.1\nnet: {size: 3, act: null}\nlist: [1, a]\nnone: null\nbare: {}\n");
    assertThat(JsonText.of(ValueDifference.json(differences(false))))
        .isEqualTo("{\"params.yaml\": {\"net.act\": {\"new\": null, \"old\": \"relu\"}}}");
    assertThat(differences(true))
        .extracting(ValueDifference::name)
        .containsExactly("x", "list", "lr", "net.act", "net.size", "none");
  }

  @Test
  void ofOtherFilesOnlyWhatStagesDependOnCounts() throws IOException {
    write("other.yaml", "x: 1\nunused: 3\n");
    assertThat(differences(false)).isEmpty();
  }

  @Test
  void metricsAreNumbersTruthValuesAndTexts() throws IOException {
    write(
        "m.json",
        "{\"n\": {\"a\": 1, \"l\": [1]}, \"e\": {\"l\": []}, \"z\": null, \"ok\": true, \"s\": \"\"}");
    assertThat(metric("m.json").dotted()).containsOnlyKeys("n.a", "ok", "s");
  }

  private FileValues metric(String file) throws IOException {
    var files = ValueFiles.metrics(Pipeline.open(root)).files();
    return files.getOrDefault(file, new FileValues.Missing());
  }

  @Test
  void aBrokenMetricsFileLeavesTheOthers() throws IOException {
    write("dvc.yaml", "metrics: [m.json, b.json, gone.json, one.yaml, list.json, folder]\n");
    write("b.json", "{");
    write("one.yaml", "0.5");
    write("list.json", "[1]");
    Files.createDirectories(root.resolve("folder"));
    write("folder/in.json", "{\"a\": 1}");
    var metrics = ValueFiles.metrics(Pipeline.open(root));
    assertThat(metrics.files().keySet())
        .containsExactly(
            "m.json", "b.json", "gone.json", "one.yaml", "list.json", "folder/in.json");
    assertThat(metric("b.json"))
        .isInstanceOfSatisfying(
            FileValues.Broken.class,
            broken -> {
              assertThat(broken.type()).isEqualTo("JSONFileCorruptedError");
              assertThat(broken.message()).startsWith("b.json:1:2: not valid JSON: ");
            });
    assertThat(metric("gone.json")).isEqualTo(new FileValues.Missing());
    assertThat(metric("one.yaml")).isEqualTo(new FileValues.Read(new Value.Real(0.5)));
    assertThat(metric("list.json")).isEqualTo(new FileValues.Read(Mapping.EMPTY));
    assertThatThrownBy(metrics::unbroken).hasMessageStartingWith("b.json:1:2: ");
  }

  @Test
  void targetsAreReadWhetherDeclaredOrNot() throws IOException {
    var target = List.of(root.resolve("other.yaml"));
    var metrics = ValueFiles.metrics(Pipeline.open(root), target);
    assertThat(metrics.files()).containsOnlyKeys("other.yaml");
    assertThat(ValueFiles.params(Pipeline.open(root), target)).isEqualTo(metrics);
  }

  @Test
  void metricsStandInATable() throws IOException {
    var report = new MetricsReport();
    report.add("", ValueFiles.metrics(Pipeline.open(root)));
    assertThat(report.table(5).text()).isEqualTo("Path    acc\nm.json  0.8\n");
    assertThat(report.json())
        .isEqualTo("{\"\": {\"data\": {\"m.json\": {\"data\": {\"acc\": 0.8}}}}}");
  }
}
