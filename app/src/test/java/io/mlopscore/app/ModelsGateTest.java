package io.mlopscore.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.mlopscore.tracking.ModelVersion;
import io.mlopscore.tracking.Run;
import io.mlopscore.tracking.Tracking;
import io.mlopscore.training.Algorithm;
import io.mlopscore.training.DataParams;
import io.mlopscore.training.DataSplit;
import io.mlopscore.training.Params;
import io.mlopscore.training.RunOrigin;
import io.mlopscore.training.TableDigest;
import io.mlopscore.training.Training;
import io.mlopscore.training.TrainingJob;
import io.mlopscore.training.csv.CsvFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// From a run to a version, and a candidate beside the champion, at a tracking server.
@NullUnmarked
class ModelsGateTest {
  private static final DataParams DATA = new DataParams("species", 0.4, 42);

  @TempDir private Path folder;
  private TrackingService server;
  private Path frozen;
  private String good;
  private String poor;

  @BeforeEach
  void trainTwoModels() throws IOException {
    server = TrackingService.start(ServerSettings.read(folder, Map.of("port", "0"), Map.of()));
    frozen = folder.resolve("frozen.csv");
    var train = folder.resolve("train.csv");
    DataSplit.write(CsvFile.read(Path.of("../examples/iris/data/iris.csv")), DATA, train, frozen);
    good = run(train, new Algorithm.RandomForest(20, 6, 1, 1));
    poor = run(train, new Algorithm.RandomForest(1, 1, 40, 1));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private String address() {
    return "http://127.0.0.1:" + server.port();
  }

  private String run(Path train, Algorithm algorithm) throws IOException {
    try (var tracking = Tracking.open(address(), folder)) {
      var origin = new RunOrigin("ada", "test", Optional.empty());
      var job =
          new TrainingJob(
              CsvFile.read(train),
              new Params(DATA, algorithm, List.of()),
              "flowers",
              Map.of(),
              folder.resolve("model"),
              folder.resolve("metadata.json"));
      return new Training(tracking.store(), tracking.artifacts(), origin, Clock.systemUTC())
          .run(job)
          .run()
          .info()
          .runId();
    }
  }

  private CommandLineOutput models(String... arguments) {
    var all = new ArrayList<>(List.of("models"));
    all.addAll(List.of(arguments));
    all.addAll(List.of("--tracking-uri", address()));
    return CommandLineOutput.of(all.toArray(String[]::new));
  }

  private CommandLineOutput gate(String candidate, String... more) {
    var all = new ArrayList<>(List.of("gate", "Iris", "--candidate", candidate));
    all.addAll(List.of("--data", frozen.toString(), "--target", "species"));
    all.addAll(List.of(more.length == 0 ? new String[] {"--gate", "accuracy:max_drop=0"} : more));
    return models(all.toArray(String[]::new));
  }

  private ModelVersion version(int number) {
    return server.tracking().registry().version("Iris", number);
  }

  private Run run(String id) {
    return server.tracking().store().run(id);
  }

  @Test
  void runBecomesAVersionOnce() {
    assertThat(models("register", "Iris", good, "--alias", "champion").text())
        .isEqualToNormalizingNewlines("Iris version 1 @champion\n");
    assertThat(models("register", "Iris", "runs:/" + good + "/model").text())
        .isEqualToNormalizingNewlines("Iris version 1 @champion, as before\n");
    assertThat(models("register", "Iris", poor, "--json").text()).contains("\"version\" : 2");
    assertThat(version(2).run()).contains(poor);
    assertThat(version(2).aliases()).isEmpty();
  }

  @Test
  void whatCannotBeRegisteredIsTold() {
    assertThat(models("register", "Iris", "0".repeat(32)).error()).contains("not found");
    assertThat(models("register", "Iris", "runs:/" + good + "/nothing").error())
        .contains("no model there; a file MLmodel is missing");
    assertThat(models("register", "Iris", "nonsense").error())
        .contains("'nonsense' is no model to register; name the id of a run");
    assertThat(models("register", "Iris").error()).contains("models", "metadata.json: not found");
    assertThat(server.tracking().registry().registeredModels()).isEmpty();
  }

  @Test
  void firstCandidateHasOnlyLimitsToKeep() {
    var outcome = gate(good, "--gate", "accuracy:min=0.8,max_drop=0");
    assertThat(outcome.code()).as(outcome.error()).isZero();
    assertThat(outcome.text()).contains("There is no champion yet", "passed");
    assertThat(gate(good, "--gate", "accuracy:min=1.01").code()).isEqualTo(3);
  }

  @Test
  void worseCandidateIsRefusedAndTheVerdictIsKept() throws IOException {
    models("register", "Iris", good, "--alias", "champion");
    models("register", "Iris", poor);

    var outcome = gate("2");

    assertThat(outcome.code()).as(outcome.error()).isEqualTo(3);
    assertThat(outcome.text())
        .contains(
            "version 2 beside version 1", "worse by", "McNemar's exact test: p = 0.", "refused");
    var digest = TableDigest.md5(CsvFile.read(frozen));
    assertThat(version(2).tags())
        .containsEntry("mlops.gate.data", "md5:" + digest)
        .containsEntry("mlops.gate.champion", "version 1")
        .hasEntrySatisfying("mlops.gate", said -> assertThat(said).startsWith("refused: accuracy"));
    assertThat(run(poor).inputs()).extracting(input -> input.dataset().digest()).contains(digest);
  }

  @Test
  void whoPromotesHearsWhatTheGatesSaid() {
    models("register", "Iris", good, "--alias", "champion");
    models("register", "Iris", poor);
    gate("2");

    var refused = models("promote", "Iris", "2");
    var back = models("promote", "Iris", "previous");

    assertThat(refused.text()).contains("Iris@champion is version 2; it was version 1");
    assertThat(refused.error()).startsWith("WARNING: `mlops models gate` refused: accuracy");
    assertThat(back.error()).isEmpty();
  }

  @Test
  void betterCandidatePassesAsJson() throws IOException {
    models("register", "Iris", poor, "--alias", "champion");

    var outcome = gate(good, "--gate", "f1_score:max_drop=0", "--gate", "log_loss:max=1", "--json");

    assertThat(outcome.code()).as(outcome.error()).isZero();
    var report = new ObjectMapper().readTree(outcome.text());
    assertThat(report.path("passed").asBoolean()).isTrue();
    assertThat(report.path("rows").asInt()).isEqualTo(60);
    assertThat(report.at("/gates/0/candidate").asDouble())
        .isGreaterThan(report.at("/gates/0/champion").asDouble());
    assertThat(report.at("/difference/onlyCandidate").asInt())
        .isGreaterThan(report.at("/difference/onlyChampion").asInt());
    assertThat(run(good).tags()).containsEntry("mlops.gate", "passed");
  }

  @Test
  void whatCannotBeJudgedIsTold() throws IOException {
    models("register", "Iris", good, "--alias", "champion");
    assertThat(gate("7").error()).contains("Model Version (name=Iris, version=7) not found");
    assertThat(gate("1", "--digest", "0".repeat(32), "--gate", "accuracy:min=0").error())
        .contains("its MD5 is", "but --digest says 0000", "Verdicts on other rows");
    assertThat(gate("1", "--json").error()).contains("No gates: write them into mlops.yaml");
    Files.writeString(frozen, "a,species\n1,setosa\n");
    assertThat(gate("1").error())
        .contains("no column 'petal_length', 'petal_width'", "RandomForestClassifier takes");
    Files.write(frozen, new byte[] {(byte) 0xff, (byte) 0xfe});
    assertThat(gate("1").error()).contains("frozen.csv: not UTF-8");
  }

  @Test
  void recordedDigestHolds() throws IOException {
    Files.createDirectories(folder.resolve(".dvc"));
    Files.writeString(folder.resolve(".dvc/config"), "");
    var digest = TableDigest.md5(CsvFile.read(frozen));
    var text = "outs:\n- md5: %s\n  size: 1\n  hash: md5\n  path: frozen.csv\n";
    Files.writeString(folder.resolve("frozen.csv.dvc"), text.formatted(digest));
    assertThat(FrozenData.read(folder, frozen, null).digest()).isEqualTo(digest);

    Files.writeString(folder.resolve("frozen.csv.dvc"), text.formatted("a".repeat(32)));
    assertThatThrownBy(() -> FrozenData.read(folder, frozen, null))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("but the repository says aaaa");
  }
}
