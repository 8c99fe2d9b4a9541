package io.mlopscore.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A model folder gives back what was written, and says what is wrong with a broken one.
class ModelFolderTest {
  @TempDir Path directory;

  @Test
  void keepsSignatureDescriptionExampleAndIds() {
    SampleModels.iris(directory.resolve("model"));

    var folder = ModelFolder.open(directory.resolve("model"));

    assertThat(folder.signature().inputs())
        .extracting(Column::name)
        .isEqualTo(SampleModels.FEATURES);
    assertThat(folder.signature().inputs())
        .extracting(Column::type)
        .containsOnly(ColumnType.DOUBLE);
    assertThat(folder.description().classes()).isEqualTo(SampleModels.CLASSES);
    assertThat(folder.description().ranges()).containsEntry("petal_width", new Range(0, 20));
    assertThat(folder.description().trainingRows()).isEqualTo(120);
    assertThat(folder.description().hyperparameters()).containsEntry("n_estimators", "4");
    assertThat(folder.inputExample())
        .isEqualTo(
            Map.of(
                "sepal_length", 5.1, "sepal_width", 3.5, "petal_length", 1.4, "petal_width", 0.2));
    assertThat(folder.mlmodel().runId()).contains(SampleModels.RUN_ID);
    assertThat(folder.mlmodel().modelId()).contains(SampleModels.MODEL_ID);
    assertThat(folder.mlmodel().flavors()).containsExactly(new Flavor.Onnx("model.onnx"));
  }

  @Test
  void scoresRows() {
    try (var scorer = SampleModels.iris(directory.resolve("model")).scorer()) {
      assertThat(scorer.classes()).isEqualTo(SampleModels.CLASSES);
      assertThat(scorer.probabilities(new double[] {5.1, 3.5, 1.4, 0.2})).containsExactly(1, 0, 0);
      assertThat(scorer.probabilities(new double[] {6.5, 3.0, 5.8, 2.2})[2]).isGreaterThan(0.9);
    }
  }

  /// In the order that MLflow writes, so that two folders can be compared as text.
  @Test
  void mlmodelFileIsTheSameTextEachTime() throws IOException {
    SampleModels.iris(directory.resolve("model"));

    assertThat(directory.resolve("model/MLmodel"))
        .content()
        .startsWith(
            """
            artifact_path: models:/m-fedcba9876543210fedcba9876543210
            flavors:
              onnx:
                code: ''
                data: model.onnx
            """)
        .contains(
            """
            saved_input_example_info:
              artifact_path: input_example.json
              pandas_orient: split
              serving_input_path: serving_input_example.json
              type: dataframe
            signature:
              inputs: '[{"type":"double","name":"sepal_length","required":true},\
            """)
        .contains("utc_time_created: 2026-11-01 08:00:00.000000");
  }

  @Test
  void writingReplacesAnOlderFolder() throws IOException {
    var place = directory.resolve("model");
    Files.createDirectories(place);
    Files.writeString(place.resolve("stale.txt"), "old");

    SampleModels.iris(place);

    assertThat(place.resolve("stale.txt")).doesNotExist();
    try (var left = Files.list(directory)) {
      assertThat(left).containsExactly(place);
    }
  }

  @Test
  void refusesRowsOfAnotherWidth() {
    try (var scorer = SampleModels.iris(directory.resolve("model")).scorer()) {
      assertThatThrownBy(() -> scorer.probabilities(new double[] {1, 2}))
          .isInstanceOf(ModelException.class)
          .hasMessage("the model takes 4 values, but the row has 2");
    }
  }

  @Test
  void namesTheMissingMlmodelFile() {
    assertThatThrownBy(() -> ModelFolder.open(directory))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining(directory.resolve("MLmodel").toString())
        .hasMessageContaining("not found");
  }

  @Test
  void namesTheMissingKey() throws IOException {
    Files.writeString(directory.resolve("MLmodel"), "signature: {inputs: '[]'}\n");

    assertThatThrownBy(() -> ModelFolder.open(directory))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("`flavors` is missing");
  }

  /// As `mlflow.onnx.log_model` writes it if it is told nothing but the signature.
  @Test
  void whatTheModelDoesNotSayOfItselfItsGraphSays() throws IOException {
    SampleModels.iris(directory);
    Files.writeString(
        directory.resolve("MLmodel"),
        """
        flavors:
          onnx: {data: model.onnx, onnx_version: 1.23.2, providers: [CPUExecutionProvider]}
        signature:
          inputs: '[{"type":"double","name":"a","required":true},{"type":"double","name":"b"},
            {"type":"long","name":"c"},{"type":"float","name":"d"}]'
          outputs: '[{"type":"tensor","tensor-spec":{"dtype":"int64","shape":[-1]}}]'
          params: null
        """);

    var folder = ModelFolder.open(directory);

    assertThat(folder.description().modelType()).isEqualTo("onnx");
    assertThat(folder.signature().outputs()).isEmpty();
    try (var scorer = folder.scorer()) {
      assertThat(scorer.classes()).isEqualTo(SampleModels.CLASSES);
      assertThat(scorer.probabilities(new double[] {5.1, 3.5, 1.4, 0.2})).containsExactly(1, 0, 0);
    }
  }

  @Test
  void saysHowToLogTheColumns() throws IOException {
    var tensor =
        "'[{\"type\":\"tensor\",\"tensor-spec\":{\"dtype\":\"float64\",\"shape\":[-1,4]}}]'";
    for (var signature : List.of("", "signature: {inputs: " + tensor + "}\n")) {
      Files.writeString(
          directory.resolve("MLmodel"), "flavors: {onnx: {data: model.onnx}}\n" + signature);

      assertThatThrownBy(() -> ModelFolder.open(directory))
          .isInstanceOf(ModelException.class)
          .hasMessageContaining("infer_signature(frame)");
    }
  }

  @Test
  void namesTheKeyOfAWrongValue() throws IOException {
    var file = SampleModels.iris(directory.resolve("model")).directory().resolve("MLmodel");
    var text = Files.readString(file);

    Files.writeString(file, text.replace("training_rows: 120", "training_rows: many"));
    assertThatThrownBy(() -> ModelFolder.open(file.resolveSibling(".")))
        .hasMessageContaining("`metadata.training_rows` must be a number");
    Files.writeString(file, text.replace("- 20.0", "- -1.0"));
    assertThatThrownBy(() -> ModelFolder.open(file.resolveSibling(".")))
        .hasMessageContaining("must be [smallest, largest]");
  }

  @Test
  void saysWhereTheYamlIsBroken() throws IOException {
    Files.writeString(directory.resolve("MLmodel"), "flavors: [\n");

    assertThatThrownBy(() -> ModelFolder.open(directory))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("not valid YAML");
  }

  @Test
  void namesTheMissingModelFile() throws IOException {
    var folder = SampleModels.iris(directory.resolve("model"));
    Files.delete(folder.directory().resolve("model.onnx"));

    assertThatThrownBy(folder::scorer)
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("model.onnx: missing");
  }

  @Test
  void refusesBytesThatAreNotOnnx() throws IOException {
    var folder = SampleModels.iris(directory.resolve("model"));
    Files.write(folder.directory().resolve("model.onnx"), new byte[] {1, 2, 3, 4, 5});

    assertThatThrownBy(folder::scorer)
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("not a readable ONNX model");
  }

  @Test
  void roundsThresholdsDownToFloats() {
    for (var threshold : List.of(0.1, 2.45, -0.1, 1e-50, 16777217.0, 0.75)) {
      var rounded = TreeNode.floatAtMost(threshold);

      assertThat((double) rounded).isLessThanOrEqualTo(threshold);
      assertThat((double) Math.nextUp(rounded)).isGreaterThan(threshold);
    }
  }
}
