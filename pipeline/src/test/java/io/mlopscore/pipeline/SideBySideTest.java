package io.mlopscore.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlopscore.pipeline.ReproOptions.OnError;
import io.mlopscore.pipeline.StageResult.Outcome;
import io.mlopscore.pipeline.executor.TaskOutput.Channel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Stages that run at once: what comes out is what a sequential run makes.
@Timeout(120)
final class SideBySideTest {
  /// Waits until a file is there; stages that wait for each other so can only end if both run.
  private static final String AWAIT = "while [ ! -e %s ]; do sleep 0.01; done";

  @TempDir private Path folder;

  private Path repository(String name, String stages) throws IOException {
    var root = Files.createDirectories(folder.resolve(name));
    Repository.init(root);
    Files.writeString(root.resolve("dvc.yaml"), stages);
    return root;
  }

  private static String stage(String name, String command, String... lines) {
    return "  " + name + ":\n    cmd: " + command + "\n" + String.join("\n", lines) + "\n";
  }

  private static ReproOptions jobs(int number) {
    return ReproOptions.DEFAULT.jobs(number, Map.of());
  }

  private static Map<String, String> repro(Path root, ReproOptions options) throws IOException {
    var outcomes = new LinkedHashMap<String, String>();
    for (var result : Pipeline.open(root).reproduce(options, new ReproListener() {})) {
      outcomes.put(result.node().address(), result.outcome().getClass().getSimpleName());
    }
    return outcomes;
  }

  private static Map<String, String> contents(Path root) throws IOException {
    var contents = new TreeMap<String, String>();
    try (var files = Files.list(root)) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        contents.put(file.getFileName().toString(), Files.readString(file));
      }
    }
    return contents;
  }

  /// A graph of stages, each of which reads some of those before it.
  private static String randomStages(Random random) {
    var text = new StringBuilder("stages:\n");
    int count = 6 + random.nextInt(10);
    for (int i = 0; i < count; i++) {
      var deps = new ArrayList<String>();
      for (int before = 0; before < i; before++) {
        if (random.nextInt(4) == 0) {
          deps.add("out" + before);
        }
      }
      var command =
          "{ cat /dev/null %s; echo %d; } > out%d".formatted(String.join(" ", deps), i, i);
      var flag = random.nextInt(5) == 0 ? "    always_changed: true\n" : "";
      text.append(
          stage(
              "s" + i,
              "'" + command + "'",
              "    deps: " + deps,
              flag + "    outs: [out" + i + "]"));
    }
    return text.toString();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void theLockAndTheOutputsAreThoseOfASequentialRun(long seed) throws IOException {
    var stages = randomStages(new Random(seed));
    var one = repository("one", stages);
    var many = repository("many", stages);
    assertThat(repro(many, jobs(4))).containsExactlyInAnyOrderEntriesOf(repro(one, jobs(1)));
    assertThat(contents(many)).isEqualTo(contents(one));
    var edited = stages.replaceFirst("echo 2", "echo two");
    Files.writeString(one.resolve("dvc.yaml"), edited);
    Files.writeString(many.resolve("dvc.yaml"), edited);
    assertThat(repro(many, jobs(3))).containsExactlyInAnyOrderEntriesOf(repro(one, jobs(1)));
    assertThat(contents(many)).isEqualTo(contents(one));
    assertThat(Pipeline.open(many).status(List.of()).keySet())
        .isEqualTo(
            Pipeline.open(many).nodes().stream()
                .filter(node -> node instanceof Stage stage && stage.alwaysChanged())
                .collect(java.util.stream.Collectors.toSet()));
  }

  private static String meeting(String mine, String other, String then) {
    return "\"touch %s; %s; %s\"".formatted(mine, AWAIT.formatted(other), then);
  }

  @Test
  void independentStagesOverlap() throws IOException {
    var root =
        repository(
            "meet",
            "stages:\n"
                + stage("a", meeting("here-a", "here-b", "echo a > oa"), "    outs: [oa]")
                + stage("b", meeting("here-b", "here-a", "echo b > ob"), "    outs: [ob]"));
    assertThat(repro(root, jobs(2)).values()).containsOnly("Ran");
  }

  /// A folder can be made once: whoever finds it there runs beside the one that made it.
  private static String alone(String name, String meta) {
    var command = "\"mkdir held && sleep 0.05 && rmdir held && echo > %s\"".formatted(name);
    return stage(name, command, "    outs: [" + name + "]", "    meta: {mlops: " + meta + "}");
  }

  @Test
  void stagesWithTheSameMutexNeverMeet() throws IOException {
    var stages = new StringBuilder("stages:\n");
    for (int i = 0; i < 6; i++) {
      stages.append(alone("m" + i, i % 2 == 0 ? "{mutex: disk}" : "{mutex: [disk, net]}"));
    }
    assertThat(repro(repository("mutex", stages.toString()), jobs(6)).values())
        .containsOnly("Ran")
        .hasSize(6);
  }

  @Test
  void noMoreOfAResourceIsTakenThanThereIs() throws IOException {
    var stages = new StringBuilder("stages:\n");
    for (int i = 0; i < 6; i++) {
      stages.append(alone("r" + i, "{resources: {gpu: 0.6}}"));
    }
    // One more than there is runs alone rather than never.
    stages.append(alone("big", "{resources: {gpu: 3}}"));
    assertThat(repro(repository("limit", stages.toString()), jobs(6)).values())
        .containsOnly("Ran")
        .hasSize(7);
  }

  @Test
  void asManyStagesMeetAsTheLimitAllows() throws IOException {
    var meta = "    meta: {mlops: {resources: {gpu: 1}}}";
    var root =
        repository(
            "two",
            "stages:\n"
                + stage("a", meeting("here-a", "here-b", "echo a > oa"), "    outs: [oa]", meta)
                + stage("b", meeting("here-b", "here-a", "echo b > ob"), "    outs: [ob]", meta));
    var options = ReproOptions.DEFAULT.jobs(2, Map.of("gpu", 2.0));
    assertThat(repro(root, options).values()).containsOnly("Ran");
  }

  /// `bad` fails while `slow` runs; `after` needs `bad`, `late` needs `slow`.
  private Path failing(String name) throws IOException {
    return repository(
        name,
        "stages:\n"
            + stage("bad", "\"%s; false\"".formatted(AWAIT.formatted("begun")), "    outs: [ob]")
            + stage("slow", "\"touch begun; echo s > os\"", "    outs: [os]")
            + stage("after", "\"echo a > oa\"", "    deps: [ob]", "    outs: [oa]")
            + stage("late", "\"cat os > ol\"", "    deps: [os]", "    outs: [ol]"));
  }

  @Test
  void aFailureLetsWhatRunsEndAndStartsNothingMore() throws IOException {
    var root = failing("stop");
    var outcomes = repro(root, jobs(2));
    assertThat(outcomes).containsEntry("bad", "Failed").containsEntry("slow", "Ran");
    assertThat(outcomes).doesNotContainKey("after");
    assertThat(Files.readString(root.resolve("dvc.lock"))).contains("slow:").doesNotContain("bad:");
    assertThat(Files.readString(root.resolve(".dvc/tmp/rwlock"))).isEqualTo("{}");
  }

  @Test
  void keepGoingLeavesOutWhatNeedsTheFailedOne() throws IOException {
    assertThat(repro(failing("k"), jobs(2).onError(OnError.KEEP_GOING)))
        .containsOnly(
            Map.entry("bad", "Failed"),
            Map.entry("after", "Blocked"),
            Map.entry("slow", "Ran"),
            Map.entry("late", "Ran"));
  }

  @Test
  void ignoredErrorsLetEverythingBeTried() throws IOException {
    // What needs the failed one is tried, and fails because its dependency is not there.
    assertThat(repro(failing("ignore"), jobs(2).onError(OnError.IGNORE)))
        .containsOnly(
            Map.entry("bad", "Failed"),
            Map.entry("after", "Failed"),
            Map.entry("slow", "Ran"),
            Map.entry("late", "Ran"));
  }

  @Test
  void aFailedRunIsRepeatedWithAClearWay() throws IOException {
    var root =
        repository(
            "retry",
            "stages:\n"
                + stage(
                    "s",
                    "\"echo try >> tries; test ! -e out && echo half > out && [ $(wc -l < tries) = 3 ]\"",
                    "    outs: [out]",
                    "    meta: {mlops: {retries: 2, retry_delay: 1ms}}"));
    var pipeline = Pipeline.open(root);
    assertThat(repro(root, jobs(1))).containsEntry("s", "Ran");
    assertThat(pipeline.history().runs().get("s"))
        .extracting(StageRun::attempts)
        .containsExactly(1, 2, 3);
    var stage = (Stage) pipeline.nodes().getFirst();
    assertThat(pipeline.history().log(stage)).content().containsPattern("(?s)> .*> .*> ");
  }

  @Test
  void afterTheLastTryItHasFailed() throws IOException {
    var root =
        repository(
            "tries",
            "stages:\n" + stage("s", "echo >> tries; exit 7", "    meta: {mlops: {retries: 1}}"));
    var results = Pipeline.open(root).reproduce(jobs(2), new ReproListener() {});
    assertThat(results.getFirst().outcome())
        .isEqualTo(new Outcome.Failed("failed to run: echo >> tries; exit 7, exited with 7"));
    assertThat(Files.readAllLines(root.resolve("tries"))).hasSize(2);
  }

  @Test
  void aStageThatTakesTooLongIsStopped() throws IOException {
    var root =
        repository(
            "time",
            "stages:\n"
                + stage("s", "sleep 600; touch never", "    meta: {mlops: {timeout: 200ms}}"));
    var results = Pipeline.open(root).reproduce(jobs(2), new ReproListener() {});
    assertThat(results.getFirst().outcome())
        .isInstanceOfSatisfying(
            Outcome.Failed.class, failed -> assertThat(failed.message()).contains("(timeout)"));
    assertThat(root.resolve("never")).doesNotExist();
  }

  @Test
  void settingsThatAreNotKnownAreAnErrorThatNamesThem() throws IOException {
    var root =
        repository("typo", "stages:\n" + stage("s", "ls", "    meta: {mlops: {mutexes: a}}"));
    assertThatThrownBy(() -> repro(root, jobs(2)))
        .isInstanceOf(PipelineException.class)
        .hasMessageContaining("meta.mlops.mutexes");
  }

  @Test
  void whatWasFinishedBeforeACrashIsNotDoneAgain() throws IOException {
    var root =
        repository(
            "crash",
            "stages:\n"
                + stage("a", "\"echo >> runs; echo a > oa\"", "    outs: [oa]")
                + stage("b", "\"echo b > ob\"", "    deps: [oa]", "    outs: [ob]"));
    repro(root, jobs(2).select(StageSelection.of(List.of("a"))));
    // As a process leaves it that was killed while `b` ran: outputs half written, paths taken.
    Files.writeString(root.resolve("ob"), "ha");
    Files.writeString(
        root.resolve(".dvc/tmp/rwlock"),
        "{\"write\": {\"%s/ob\": {\"pid\": %d, \"cmd\": \"mlops repro\"}}}"
            .formatted(root, 1 << 22));
    assertThat(repro(root, jobs(2))).containsEntry("a", "Unchanged").containsEntry("b", "Ran");
    assertThat(root.resolve("ob")).hasContent("b\n");
    assertThat(Files.readAllLines(root.resolve("runs"))).hasSize(1);
  }

  /// Writing to this device fails as on a full disk.
  @Test
  @EnabledOnOs(OS.LINUX)
  void aLogThatCannotBeWrittenCostsNothingButItself() throws IOException {
    var root = repository("full", "stages:\n" + stage("s", "echo a; echo b", "    outs: []"));
    var logs = Files.createDirectories(root.resolve(".dvc/tmp/mlops/logs"));
    Files.createSymbolicLink(logs.resolve("s.log"), Path.of("/dev/full"));
    var told = Collections.synchronizedList(new ArrayList<String>());
    var results =
        Pipeline.open(root)
            .reproduce(
                jobs(2),
                new ReproListener() {
                  @Override
                  public void unlogged(Stage stage, String reason) {
                    told.add(reason + "\n");
                  }

                  @Override
                  public void output(Stage stage, Channel channel, byte[] bytes, int length) {
                    told.add(new String(bytes, 0, length, StandardCharsets.UTF_8));
                  }
                });
    assertThat(results.getFirst().outcome()).isInstanceOf(Outcome.Ran.class);
    // Else the folder's removal would warn of a link that leads out of it.
    Files.delete(logs.resolve("s.log"));
    assertThat(String.join("", told)).isEqualTo("No space left on device\na\nb\n");
  }

  @Test
  void outputsThatCannotBeStoredAreAFailureOfTheirStageAlone() throws IOException {
    var root =
        repository(
            "store",
            "stages:\n"
                + stage("a", "echo a > oa", "    outs: [oa]")
                + stage(
                    "b",
                    "\"%s; echo b > ob\"".formatted(AWAIT.formatted("go")),
                    "    outs: [ob: {cache: false}]")
                + stage("c", "touch go"));
    Files.createDirectories(root.resolve(".dvc/cache"));
    Files.createFile(root.resolve(".dvc/cache/files"));
    assertThat(repro(root, jobs(3).onError(OnError.KEEP_GOING)))
        .containsOnly(Map.entry("a", "Failed"), Map.entry("b", "Ran"), Map.entry("c", "Ran"));
    assertThat(Files.readString(root.resolve(".dvc/tmp/rwlock"))).isEqualTo("{}");
  }

  @Test
  void theTimeLeftIsThatOfTheLongestWayOrOfAllShared() throws IOException {
    var root =
        repository(
            "left",
            "stages:\n"
                + stage("a", "echo > oa", "    outs: [oa]")
                + stage("b", "echo > ob", "    deps: [oa]", "    outs: [ob]")
                + stage("c", "echo > oc", "    deps: [oa]", "    outs: [oc]"));
    var graph = Pipeline.open(root).graph();
    var usual =
        Map.of("a", Duration.ofSeconds(9), "b", Duration.ofSeconds(2), "c", Duration.ofSeconds(6));
    for (int jobs = 1; jobs <= 2; jobs++) {
      var schedule = new Schedule(graph, graph.inOrder(graph.nodes()), jobs, Map.of(), usual);
      var first = schedule.next().orElseThrow();
      schedule.started(first);
      schedule.ended(first);
      assertThat(schedule.timeLeft(java.util.Set.of(first)))
          .isEqualTo(Duration.ofSeconds(jobs == 1 ? 8 : 6));
      if (jobs == 2) {
        assertThat(schedule.next().orElseThrow().address()).isEqualTo("c");
      }
    }
  }
}
