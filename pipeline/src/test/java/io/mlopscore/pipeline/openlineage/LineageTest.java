package io.mlopscore.pipeline.openlineage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mlopscore.pipeline.Pipeline;
import io.mlopscore.pipeline.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `dvc.lock` records can be told to a catalogue of lineage.
final class LineageTest {
  @TempDir private Path root;

  @BeforeEach
  void recorded() throws IOException {
    Repository.init(root);
    Files.writeString(root.resolve("in.csv"), "a\n1\n");
    Files.writeString(root.resolve("params.yaml"), "lr: .inf\n");
    Files.writeString(
        root.resolve("dvc.yaml"),
        """
        stages:
          train:
            desc: fits the model
            cmd: cp in.csv model.bin
            deps: [in.csv]
            params: [lr]
            outs: [model.bin]
          report:
            cmd: cp model.bin report.txt
            deps: [model.bin]
            outs: [report.txt]
        """);
    Files.writeString(root.resolve("dvc.lock"), LOCK);
  }

  private static final String LOCK =
      """
      schema: '2.0'
      stages:
        train:
          cmd: cp in.csv model.bin
          deps:
          - path: in.csv
            hash: md5
            md5: 60b725f10c9c85c70d97880dfe8191b3
            size: 4
          params:
            params.yaml:
              lr: .inf
          outs:
          - path: model.bin
            hash: md5
            md5: 3b5d5c3712955042212316173ccf37be
            size: 7
      """;

  private List<JsonNode> events() throws IOException {
    var events = new ArrayList<JsonNode>();
    for (var line : new Lineage(Pipeline.open(root), "iris").events()) {
      events.add(new ObjectMapper().readTree(line));
    }
    return events;
  }

  @Test
  void eachRecordedStageStartsAndCompletesOneRun() throws IOException {
    var events = events();
    assertThat(events)
        .extracting(event -> event.get("eventType").asText())
        .containsExactly("START", "COMPLETE");
    assertThat(events)
        .extracting(event -> event.at("/run/runId").asText())
        .doesNotContain("")
        .containsOnly(events.getFirst().at("/run/runId").asText());
    assertThat(events.getFirst().at("/job/name").asText()).isEqualTo("train");
    assertThat(events.getFirst().at("/job/facets/sourceCode/sourceCode").asText())
        .isEqualTo("cp in.csv model.bin");
    assertThat(events.getFirst().at("/job/facets/documentation/description").asText())
        .isEqualTo("fits the model");
  }

  @Test
  void datasetsBearTheHashThatDvcRecorded() throws IOException {
    var event = events().getLast();
    assertThat(event.at("/inputs/0/name").asText()).isEqualTo("in.csv");
    assertThat(event.at("/inputs/0/facets/version/datasetVersion").asText())
        .isEqualTo("60b725f10c9c85c70d97880dfe8191b3");
    assertThat(event.at("/outputs/0/name").asText()).isEqualTo("model.bin");
    assertThat(event.at("/outputs/0/outputFacets/outputStatistics/size").asInt()).isEqualTo(7);
  }

  @Test
  void valuesThatJsonLacksBecomeText() throws IOException {
    var facet = events().getFirst().at("/run/facets/mlops_parameters/files");
    assertThat(facet.get("params.yaml").get("lr").isTextual()).isTrue();
  }

  @Test
  void anotherResultIsAnotherRun() throws IOException {
    var before = events().getFirst().at("/run/runId");
    Files.writeString(root.resolve("dvc.lock"), LOCK.replace("size: 7", "size: 8"));
    assertThat(events().getFirst().at("/run/runId")).isNotEqualTo(before);
  }
}
