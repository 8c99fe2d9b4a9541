package io.mlopscore.deploy.observability;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// The configuration of the OpenTelemetry Collector holds together: a collector refuses to start
/// when a pipeline names what is not there.
final class CollectorTest {
  private static JsonNode configuration() throws IOException {
    var text = Files.readString(Path.of("../otel/collector.yaml"));
    var loaded = new Load(LoadSettings.builder().build()).loadFromString(text);
    return new ObjectMapper().valueToTree(loaded);
  }

  private static List<String> named(JsonNode pipelines, String part) {
    var names = new ArrayList<String>();
    pipelines.forEach(pipeline -> pipeline.path(part).forEach(each -> names.add(each.asText())));
    return names;
  }

  private static List<String> defined(JsonNode part) {
    var names = new ArrayList<String>();
    part.fieldNames().forEachRemaining(names::add);
    return names;
  }

  @Test
  void pipelinesUseAllThatIsDefinedAndNothingElse() throws IOException {
    var configuration = configuration();
    var pipelines = configuration.at("/service/pipelines");
    for (var part : List.of("receivers", "processors", "exporters")) {
      assertThat(named(pipelines, part))
          .as(part)
          .isNotEmpty()
          .isSubsetOf(defined(configuration.path(part)))
          .containsAll(defined(configuration.path(part)));
    }
    assertThat(configuration.at("/service/extensions/0").asText())
        .isIn(defined(configuration.path("extensions")));
  }

  @Test
  void memoryIsGuardedFirstAndBatchesAreMadeLast() throws IOException {
    assertThat(configuration().at("/service/pipelines"))
        .allSatisfy(
            pipeline -> {
              var processors = pipeline.path("processors");
              assertThat(processors.path(0).asText()).isEqualTo("memory_limiter");
              assertThat(processors.path(processors.size() - 1).asText()).isEqualTo("batch");
            });
  }

  /// The names that rules and dashboards ask for.
  @Test
  void jobsAreNamedAsPrometheusNamesThem() throws IOException {
    var jobs = configuration().at("/receivers/prometheus/config/scrape_configs");
    var prometheus = Files.readString(Path.of("../prometheus/prometheus.yml"));
    assertThat(jobs)
        .hasSize(2)
        .allSatisfy(
            job ->
                assertThat(prometheus)
                    .contains("job_name: " + job.path("job_name").asText() + "\n"));
  }
}
