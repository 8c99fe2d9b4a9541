package io.mlopscore.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlopscore.pipeline.StageRun;
import io.mlopscore.pipeline.compare.ValueFiles;
import io.mlopscore.pipeline.yaml.Value.Mapping;
import io.mlopscore.pipeline.yaml.YamlReader;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The numbers of a pipeline as Prometheus reads them.
final class PipelineMetricsTest {
  private static StageRun run(String stage, long millis, int exitCode) {
    return new StageRun(
        stage,
        Instant.ofEpochSecond(1_000),
        Duration.ofMillis(millis),
        Duration.ofMillis(700),
        1024,
        exitCode,
        1);
  }

  private static String text(String metrics) {
    var values = (Mapping) YamlReader.read(metrics, "metrics.json");
    var runs = Map.of("train", List.of(run("train", 9_000, 1), run("train", 1_500, 0)));
    return new PipelineMetrics(runs, ValueFiles.of(Map.of("metrics.json", values))).text("iris");
  }

  @Test
  void lastRunOfEachStageCounts() {
    assertThat(text("{}"))
        .contains(
            """
            # TYPE pipeline_stage_duration_seconds gauge
            pipeline_stage_duration_seconds{pipeline="iris",stage="train"} 1.5
            """)
        .contains("_last_run_timestamp_seconds{pipeline=\"iris\",stage=\"train\"} 1001.5\n")
        .contains("pipeline_stage_success{pipeline=\"iris\",stage=\"train\"} 1.0\n")
        .contains("pipeline_stage_memory_bytes{pipeline=\"iris\",stage=\"train\"} 1024.0\n");
  }

  @Test
  void metricsAreTheNumbersOfTheFilesByTheirDottedNames() {
    assertThat(text("{\"accuracy\": 0.9, \"by\": {\"a\\\"b\": 3}, \"name\": \"x\", \"ok\": true}"))
        .contains(",file=\"metrics.json\",metric=\"accuracy\"} 0.9\n")
        .contains(",metric=\"by.a\\\"b\"} 3.0\n")
        .doesNotContain("metric=\"name\"", "metric=\"ok\"");
  }
}
