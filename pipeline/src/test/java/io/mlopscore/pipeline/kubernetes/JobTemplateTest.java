package io.mlopscore.pipeline.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.mlopscore.pipeline.PipelineException;
import io.mlopscore.pipeline.executor.Task;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JobTemplateTest {
  private static final Path ROOT = Path.of("/home/ada/project");

  private static final String MANIFEST =
      """
      apiVersion: batch/v1
      kind: Job
      metadata:
        name: template
        namespace: ml
        labels: {team: flowers}
      spec:
        template:
          spec:
            serviceAccountName: training
            containers:
              - name: stage
                image: example/training
                command: [bash, -c]
                args: [ignored]
                workingDir: /workspace
                env: [{name: MODE, value: cluster}]
                resources: {limits: {nvidia.com/gpu: 1}}
                volumeMounts: [{name: data, mountPath: /workspace}]
            volumes:
              - name: data
                persistentVolumeClaim: {claimName: data}
      """;

  private static Task task(String name, String... commands) {
    return new Task(
        name,
        List.of(commands),
        ROOT.resolve("train"),
        Map.of("DVC_ROOT", ROOT.toString(), "DVC_STAGE", name, "PATH", "/opt/mlops/bin"),
        Optional.of(Duration.ofMinutes(10)));
  }

  private static JobTemplate template() {
    return JobTemplate.parse(MANIFEST, "job.yaml", ROOT);
  }

  @Test
  void keepsWhatIsWrittenAndAddsTheCommands() {
    var job = template().job(task("train/dvc.yaml:fit", "prepare", "fit"));
    assertThat(job.getMetadata().getNamespace()).isEqualTo("ml");
    assertThat(job.getMetadata().getLabels())
        .containsEntry("team", "flowers")
        .containsEntry("app.kubernetes.io/managed-by", "mlops");
    assertThat(job.getMetadata().getAnnotations())
        .containsEntry(JobTemplate.STAGE, "train/dvc.yaml:fit");
    assertThat(job.getSpec().getBackoffLimit()).isZero();
    assertThat(job.getSpec().getActiveDeadlineSeconds()).isEqualTo(11 * 60);
    var pod = job.getSpec().getTemplate().getSpec();
    assertThat(pod.getRestartPolicy()).isEqualTo("Never");
    assertThat(pod.getServiceAccountName()).isEqualTo("training");
    assertThat(pod.getVolumes()).hasSize(1);
    assertThat(pod.getInitContainers()).extracting(Container::getName).containsExactly("command-1");
    assertThat(pod.getInitContainers().getFirst().getCommand())
        .containsExactly("bash", "-c", "prepare");
    var last = pod.getContainers().getFirst();
    assertThat(last.getCommand()).containsExactly("bash", "-c", "fit");
    assertThat(last.getArgs()).isEmpty();
    assertThat(last.getImage()).isEqualTo("example/training");
    assertThat(last.getResources().getLimits()).containsKey("nvidia.com/gpu");
    assertThat(last.getVolumeMounts()).hasSize(1);
  }

  @Test
  void foldersAreThoseOfThePod() {
    var container = template().containers(task("fit", "fit")).getFirst();
    assertThat(container.getWorkingDir()).isEqualTo("/workspace/train");
    assertThat(container.getEnv())
        .containsExactly(
            new EnvVarBuilder().withName("MODE").withValue("cluster").build(),
            new EnvVarBuilder().withName("DVC_ROOT").withValue("/workspace").build(),
            new EnvVarBuilder().withName("DVC_STAGE").withValue("fit").build());
  }

  @Test
  void withoutAFolderOfItsOwnThePodSeesTheRepositoryWhereItIsHere() {
    var text = MANIFEST.replace("          workingDir: /workspace\n", "");
    var container = JobTemplate.parse(text, "job.yaml", ROOT).containers(task("fit", "fit"));
    assertThat(container.getFirst().getWorkingDir()).isEqualTo("/home/ada/project/train");
  }

  @Test
  void namesAreLabelsThatDiffer() {
    var template = template();
    var name = template.name(task("Über/dvc.yaml:fit@0.1", "fit"));
    assertThat(name).matches("[a-z]([-a-z0-9]{0,61}[a-z0-9])?");
    assertThat(template.name(task("fit-a", "x"))).isNotEqualTo(template.name(task("fit_a", "x")));
    assertThat(template.name(task("a".repeat(300), "x"))).hasSizeLessThan(64);
    assertThat(template.name(task("fit", "other"))).isEqualTo(template.name(task("fit", "x")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "]",
        "apiVersion: v1\nkind: Pod\n",
        "apiVersion: batch/v1\nkind: Job\n",
        "apiVersion: batch/v1\nkind: Job\nspec: {template: {spec: {containers: []}}}\n",
      })
  void whatIsNoJobWithOneContainerIsRefused(String text) {
    assertThatThrownBy(() -> JobTemplate.parse(text, "job.yaml", ROOT))
        .isInstanceOf(PipelineException.class)
        .hasMessageStartingWith("job.yaml: ");
  }
}
