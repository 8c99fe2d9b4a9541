package io.mlopscore.pipeline.argo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mlopscore.pipeline.Pipeline;
import io.mlopscore.pipeline.PipelineException;
import io.mlopscore.pipeline.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// The stages become tasks of an Argo Workflow, in the same order.
final class ArgoWorkflowTest {
  private static final ArgoSettings SETTINGS =
      new ArgoSettings("iris", "registry.local/mlops:1", "data", "", Optional.of("trainer"));

  @TempDir private Path root;

  @BeforeEach
  void stages() throws IOException {
    Repository.init(root);
    Files.writeString(
        root.resolve("dvc.yaml"),
        """
        stages:
          split_data:
            cmd: echo a > a
            outs: [a]
          train:
            foreach: [1, 2]
            do:
              cmd: cp a model${item}
              deps: [a]
              outs: ["model${item}"]
          evaluate:
            cmd: cat model1 model2 > all
            deps: [model1, model2]
            outs: [all]
        """);
  }

  private String text(String... targets) throws IOException {
    var pipeline = Pipeline.open(root);
    var graph = pipeline.graph();
    var nodes = pipeline.targets(graph.nodes()).of(List.of(targets));
    return new ArgoWorkflow(graph, graph.inOrder(nodes)).text(SETTINGS);
  }

  private static JsonNode parsed(String yaml) {
    var tree = new Load(LoadSettings.builder().build()).loadFromString(yaml);
    return new ObjectMapper().valueToTree(tree);
  }

  private static List<String> texts(JsonNode array, String path) {
    return array.valueStream().map(item -> item.at(path).asText()).toList();
  }

  @Test
  void everyStageWaitsForThoseThatWriteWhatItReads() throws IOException {
    var tasks = parsed(text()).at("/spec/templates/0/dag/tasks");
    assertThat(texts(tasks, "/name"))
        .containsExactly("split-data", "train-1", "train-2", "evaluate");
    assertThat(tasks.at("/0").has("dependencies")).isFalse();
    assertThat(texts(tasks.at("/1/dependencies"), "")).containsExactly("split-data");
    assertThat(texts(tasks.at("/3/dependencies"), "")).containsExactly("train-1", "train-2");
    assertThat(tasks.at("/1/arguments/parameters/0/value").asText()).isEqualTo("train@1");
  }

  @Test
  void podsShareTheVolumeOfTheRepository() throws IOException {
    var spec = parsed(text()).get("spec");
    assertThat(spec.at("/volumes/0/persistentVolumeClaim/claimName").asText()).isEqualTo("data");
    assertThat(spec.at("/templates/1/container/image").asText())
        .isEqualTo("registry.local/mlops:1");
    assertThat(spec.at("/serviceAccountName").asText()).isEqualTo("trainer");
  }

  @Test
  void targetsBringWhatTheyDependOnAndNoMore() throws IOException {
    var tasks = parsed(text("train@2")).at("/spec/templates/0/dag/tasks");
    assertThat(texts(tasks, "/name")).containsExactly("split-data", "train-2");
  }

  @Test
  void namesThatKubernetesRefusesAreRefusedHere() {
    assertThatThrownBy(() -> new ArgoSettings("Iris!", "i", "c", "", Optional.empty()))
        .isInstanceOf(PipelineException.class)
        .hasMessageContaining("'Iris!' cannot name a workflow");
  }

  @Test
  void withoutAStageThereIsNoWorkflow() throws IOException {
    Files.delete(root.resolve("dvc.yaml"));
    assertThatThrownBy(this::text).hasMessageContaining("no stage");
  }
}
