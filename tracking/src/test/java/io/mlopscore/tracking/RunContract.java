package io.mlopscore.tracking;

import static io.mlopscore.tracking.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What every tracking store does with runs and what is logged to them at once.
interface RunContract extends StoreUnderTest {
  @Test
  default void runStartsRunningAndEndsFinished() {
    var run = start("life");
    assertThat(run.info().status()).isEqualTo(RunStatus.RUNNING);
    assertThat(run.info().endTime()).isNull();
    store().endRun(run.info().runId(), RunStatus.FINISHED, 2_000);
    var ended = store().run(run.info().runId()).info();
    assertThat(ended.status()).isEqualTo(RunStatus.FINISHED);
    assertThat(ended.endTime()).isEqualTo(2_000);
  }

  @Test
  default void readerBesideAWriterSeesWholeBatches() throws Exception {
    var id = start("whole").info().runId();
    store().log(id, numbered(0));
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var writing =
          threads.submit(
              () -> IntStream.range(1, 200).forEach(number -> store().log(id, numbered(number))));
      while (!writing.isDone()) {
        assertWhole(store().run(id));
        store().runs("0", 100).stream()
            .filter(run -> run.info().runId().equals(id))
            .forEach(RunContract::assertWhole);
      }
      writing.get();
    }
  }

  private static RunBatch numbered(int number) {
    return new RunBatch(
        List.of(new Metric("n", number, 1, number)),
        Map.of(),
        Map.of("n", Integer.toString(number)));
  }

  private static void assertWhole(Run run) {
    assertThat(run.tags().get("n"))
        .isEqualTo(Long.toString((long) run.metrics().getFirst().value()));
  }

  @Test
  default void changeOfStateAloneLeavesTheEnd() {
    var id = start("resumed").info().runId();
    store().updateRun(id, RunStatus.RUNNING, null);
    assertThat(store().run(id).info().endTime()).isNull();
    store().updateRun(id, null, 3_000L);
    assertThat(store().run(id).info().status()).isEqualTo(RunStatus.RUNNING);
    assertThat(store().run(id).info().endTime()).isEqualTo(3_000);
  }

  @Test
  default void runHasItsOwnArtifactFolder() {
    var run = start("artifacts").info();
    assertThat(run.artifactUri())
        .endsWith("/" + run.experimentId() + "/" + run.runId() + "/artifacts");
  }

  @Test
  default void runWithoutANameGetsOne() {
    var experiment = store().createExperiment("nameless", Map.of());
    var run = store().createRun(new NewRun(experiment, "", "ada", 1_000, Map.of()));
    assertThat(run.info().runName()).matches("[a-z]+-[a-z]+-[0-9]+");
    assertThat(run.tags()).containsEntry("mlflow.runName", run.info().runName());
  }

  @Test
  default void absentRunIsNamed() {
    assertRefused(
        () -> store().run("0123"), ErrorCode.RESOURCE_DOES_NOT_EXIST, "Run with id=0123 not found");
  }

  @Test
  default void loggedValuesComeBack() {
    var id = start("values").info().runId();
    store()
        .log(
            id,
            new RunBatch(
                List.of(new Metric("loss", 0.25, 10, 1)),
                Map.of("depth", "10", "größe/x", "ünïcode"),
                Map.of("note", "first")));
    var run = store().run(id);
    assertThat(run.metrics()).containsExactly(new Metric("loss", 0.25, 10, 1));
    assertThat(run.params()).containsEntry("depth", "10").containsEntry("größe/x", "ünïcode");
    assertThat(run.tags()).containsEntry("note", "first");
  }

  @Test
  default void keysMayBeOfAnyAlphabet() {
    var id = start("alphabets").info().runId();
    var keys = List.of("größe/δ", "損失 1", "потеря:x_2", "a.b-c");
    for (var key : keys) {
      store()
          .log(
              id,
              new RunBatch(
                  List.of(new Metric(key, 1, 1, 1)),
                  Map.of(key, "値 🎉"),
                  Map.of(key, "'\"\n\t%_")));
    }
    var run = store().run(id);
    assertThat(run.metrics()).extracting(Metric::key).containsExactlyInAnyOrderElementsOf(keys);
    assertThat(run.params()).hasSize(4).containsEntry("損失 1", "値 🎉");
    assertThat(run.tags()).containsEntry("größe/δ", "'\"\n\t%_");
  }

  @Test
  default void longValuesAreCutAtMlflowsLimits() {
    var id = start("long-values").info().runId();
    store()
        .log(
            id,
            new RunBatch(List.of(), Map.of("p", "🎉".repeat(6001)), Map.of("t", "x".repeat(8001))));
    assertThat(store().run(id).params()).containsEntry("p", "🎉".repeat(6000));
    assertThat(store().run(id).tags()).containsEntry("t", "x".repeat(8000));
  }

  @Test
  default void sameBatchTwiceChangesNothing() {
    var id = start("retried").info().runId();
    var batch =
        new RunBatch(
            List.of(new Metric("m", Double.NaN, 1, 1), new Metric("m", 2, 2, 2)),
            Map.of("p", "1"),
            Map.of("t", "1"));
    store().log(id, batch);
    var once = store().run(id);
    store().log(id, batch);
    assertThat(store().run(id)).isEqualTo(once);
    assertThat(store().history(id, "m")).hasSize(2);
  }

  @Test
  default void paramCannotChangeButMayBeRepeated() {
    var id = start("params").info().runId();
    store().log(id, new RunBatch(List.of(), Map.of("p", "1"), Map.of()));
    store().log(id, new RunBatch(List.of(), Map.of("p", "1"), Map.of()));
    assertRefused(
        () -> store().log(id, new RunBatch(List.of(), Map.of("p", "2"), Map.of())),
        ErrorCode.INVALID_PARAMETER_VALUE,
        "Changing param values is not allowed. Param with key='p' was already logged");
  }

  @Test
  default void refusedBatchLeavesNothing() {
    var id = start("atomic").info().runId();
    var good = new Metric("good", 1, 1, 0);
    var bad = new Metric("../bad", 1, 1, 0);
    assertThatThrownBy(
            () -> store().log(id, new RunBatch(List.of(good, bad), Map.of("p", "1"), Map.of())))
        .isInstanceOf(TrackingException.class);
    assertThat(store().run(id).metrics()).isEmpty();
    assertThat(store().run(id).params()).isEmpty();
  }

  @Test
  default void tagIsOverwritten() {
    var id = start("tags").info().runId();
    store().log(id, new RunBatch(List.of(), Map.of(), Map.of("t", "old")));
    store().log(id, new RunBatch(List.of(), Map.of(), Map.of("t", "new")));
    assertThat(store().run(id).tags()).containsEntry("t", "new");
  }

  @Test
  default void deletedTagIsGone() {
    var id = start("untagged").info().runId();
    store().log(id, new RunBatch(List.of(), Map.of(), Map.of("t", "x")));
    store().deleteTag(id, "t");
    assertThat(store().run(id).tags()).doesNotContainKey("t");
    assertRefused(
        () -> store().deleteTag(id, "t"), ErrorCode.RESOURCE_DOES_NOT_EXIST, "No tag with name: t");
  }

  @Test
  default void datasetsAreInputsOfTheRun() {
    var id = start("datasets").info().runId();
    var input =
        new DatasetInput(
            new Dataset("iris", "abc123", "local", "{\"uri\": \"iris.csv\"}", null, "{}"),
            Map.of("mlflow.data.context", "training"));
    store().logInputs(id, List.of(input));
    store().logInputs(id, List.of(input));
    assertThat(store().run(id).inputs()).containsExactly(input);
  }
}
