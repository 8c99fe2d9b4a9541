package io.mlopscore.deploy.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A training offers what came out of it, or says why not; with a `mlops` whose gate ends as a file
/// says.
@NullUnmarked
final class TrainTest {
  @TempDir private Path folder;
  private Scripts scripts;

  @BeforeEach
  void project() throws IOException {
    scripts = new Scripts(folder);
    Files.writeString(folder.resolve("dvc.lock"), "old\n");
    Files.writeString(folder.resolve("frozen.csv"), "a,b\n");
    Files.writeString(folder.resolve("registers"), "Iris version 12");
    scripts.command(
        "mlops",
        """
        printf '%s\\n' "$*" >> "$HERE/mlops.log"
        case "$*" in
          repro*) [ ! -e "$HERE/stale" ] || echo new > dvc.lock ;;
          update*) [ ! -e "$HERE/source" ] || cp "$HERE/source" data/rows.csv.dvc ;;
          *gate*) echo "a verdict"; exit "$(cat "$HERE/gate")" ;;
          *register*) cat "$HERE/registers" ;;
        esac
        """);
  }

  private Scripts.Outcome train(int gate) throws Exception {
    Files.writeString(folder.resolve("gate"), Integer.toString(gate));
    return scripts.run(Map.of(), "rollout/train", "Iris", "frozen.csv", "out");
  }

  @Test
  void modelThatPassesBecomesTheChallenger() throws Exception {
    Files.writeString(folder.resolve("stale"), "");
    assertThat(train(0).code()).isZero();
    assertThat(scripts.lines("mlops.log"))
        .containsExactly(
            "update --recursive .",
            "repro --pull",
            "models gate Iris --data frozen.csv",
            "models register Iris --alias challenger");
    assertThat(folder.resolve("out/report.md")).content().contains("a verdict", "Iris version 12");
    assertThat(folder.resolve("out/recorded/dvc.lock")).hasContent("new");
  }

  /// A lock alone would name data that the repository's `.dvc` files do not.
  @Test
  void newDataOfImportsIsOfferedWithTheLock() throws Exception {
    Files.createDirectories(folder.resolve("data"));
    Files.writeString(folder.resolve("data/rows.csv.dvc"), "old\n");
    Files.writeString(folder.resolve("data/same.csv.dvc"), "same\n");
    Files.writeString(folder.resolve("source"), "new rows\n");
    Files.writeString(folder.resolve("stale"), "");
    train(0);
    assertThat(folder.resolve("out/recorded/data/rows.csv.dvc")).hasContent("new rows");
    assertThat(folder.resolve("out/recorded/dvc.lock")).hasContent("new");
    assertThat(folder.resolve("out/recorded/data/same.csv.dvc")).doesNotExist();
  }

  /// No stage depends on the rows, so `repro` would leave them in the remote.
  @Test
  void rowsToJudgeOnAreFetched() throws Exception {
    Files.delete(folder.resolve("frozen.csv"));
    train(0);
    assertThat(scripts.lines("mlops.log"))
        .startsWith("pull frozen.csv", "update --recursive .", "repro --pull");
  }

  @Test
  void whatIsRecordedAlreadyIsNotJudgedWhereOnlyNewIs() throws Exception {
    Files.writeString(folder.resolve("gate"), "1");
    var onlyNew = Map.of("ONLY_NEW", "1");
    var outcome = scripts.run(onlyNew, "rollout/train", "Iris", "frozen.csv", "out");
    assertThat(outcome.code()).as(outcome.said()).isZero();
    assertThat(scripts.lines("mlops.log")).containsExactly("update --recursive .", "repro --pull");

    Files.writeString(folder.resolve("stale"), "");
    assertThat(scripts.run(onlyNew, "rollout/train", "Iris", "frozen.csv", "out").code()).isOne();
  }

  /// `register` leaves the alias where people moved it, so nothing else may set it.
  @Test
  void nothingNewIsOfferedTwice() throws Exception {
    Files.writeString(folder.resolve("registers"), "Iris version 12 @champion, as before");
    assertThat(train(0).code()).isZero();
    assertThat(scripts.lines("mlops.log")).noneMatch(line -> line.startsWith("models alias"));
    assertThat(folder.resolve("out/report.md")).content().contains("version 12", "as before");
    assertThat(folder.resolve("out/recorded/dvc.lock")).doesNotExist();
  }

  @Test
  void modelThatIsRefusedIsNeitherRegisteredNorOffered() throws Exception {
    Files.writeString(folder.resolve("stale"), "");
    assertThat(train(3).code()).isEqualTo(3);
    assertThat(scripts.lines("mlops.log")).noneMatch(line -> line.contains("register"));
    assertThat(folder.resolve("out/report.md")).content().contains("a verdict", "Not registered.");
    assertThat(folder.resolve("out/recorded/dvc.lock")).doesNotExist();
  }

  @Test
  void gateThatCannotJudgeFailsTheTraining() throws Exception {
    assertThat(train(1).code()).isEqualTo(1);
    assertThat(folder.resolve("out/report.md")).doesNotExist();
  }
}
