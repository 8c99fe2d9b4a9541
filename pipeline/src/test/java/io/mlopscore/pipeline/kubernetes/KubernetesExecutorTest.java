package io.mlopscore.pipeline.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.mlopscore.pipeline.MissingData;
import io.mlopscore.pipeline.Pipeline;
import io.mlopscore.pipeline.ReproListener;
import io.mlopscore.pipeline.ReproOptions;
import io.mlopscore.pipeline.executor.Executor;
import io.mlopscore.pipeline.executor.ExecutorContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

/// Against a server that keeps objects as Kubernetes does, and a small stand-in for its nodes.
@EnableKubernetesMockClient(crud = true, https = false)
class KubernetesExecutorTest extends ExecutorContract {
  private static final String MANIFEST =
      """
      apiVersion: batch/v1
      kind: Job
      metadata:
        namespace: test
      spec:
        template:
          spec:
            containers:
              - name: stage
                image: example/training
      """;

  /// Else it tells each request.
  private static final Logger REQUESTS = Logger.getLogger("io.fabric8.mockwebserver");

  static {
    REQUESTS.setLevel(Level.WARNING);
  }

  @SuppressWarnings("NullAway.Init") // the extension sets them
  KubernetesMockServer server;

  @SuppressWarnings("NullAway.Init")
  KubernetesClient client;

  @Override
  protected Executor executor(Path root) {
    var _ = new FakeKubelet(client, server);
    return withoutNodes(root);
  }

  private Executor withoutNodes(Path root) {
    return new KubernetesExecutor(client, JobTemplate.parse(MANIFEST, "job.yaml", root));
  }

  @Test
  void nothingIsLeftBehind() throws Exception {
    executor(root).run(task("true"), new Kept());
    assertThat(client.batch().v1().jobs().inNamespace("test").list().getItems()).isEmpty();
    // A cluster takes the pod away before the Job is gone, the server of this test after that.
    client.pods().inNamespace("test").informOnCondition(List::isEmpty).get(1, TimeUnit.MINUTES);
  }

  @Test
  void whatAKilledProcessLeftIsTakenAwayFirst() throws Exception {
    var left = JobTemplate.parse(MANIFEST, "job.yaml", root).job(task("touch never"));
    client.batch().v1().jobs().inNamespace("test").resource(left).create();
    var kept = new Kept();
    assertThat(executor(root).run(task("echo again"), kept).exitCode()).isZero();
    assertThat(kept.text()).isEqualTo("again\n");
  }

  @Test
  void anInterruptedTaskHasNoJobAnyMore() throws Exception {
    var executor = executor(root);
    var kept = new Kept();
    var thread =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    executor.run(task("sleep 600"), kept);
                  } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                  } catch (InterruptedException _) {
                    Thread.currentThread().interrupt();
                  }
                });
    kept.begun.await();
    thread.interrupt();
    thread.join();
    assertThat(client.batch().v1().jobs().inNamespace("test").list().getItems()).isEmpty();
  }

  @Test
  void aPodThatCannotRunIsAnErrorThatSaysWhy() {
    var stuck = new PodStatusBuilder().withPhase("Pending");
    stuck
        .addNewContainerStatus()
        .withName("command-1")
        .withNewState()
        .withNewWaiting("no such image", "ImagePullBackOff")
        .endState()
        .endContainerStatus();
    var _ = new StuckKubelet(client, stuck.build());
    assertThatThrownBy(() -> withoutNodes(root).run(task("true"), new Kept()))
        .isInstanceOf(IOException.class)
        .hasMessage("the pod of stage 'stage' cannot run: ImagePullBackOff: no such image");
  }

  @Test
  void stagesOfAPipelineRunInTheCluster() throws Exception {
    Files.createDirectories(root.resolve(".dvc"));
    Files.writeString(root.resolve(".dvc/config"), "");
    Files.writeString(
        root.resolve("dvc.yaml"),
        """
        stages:
          first: {cmd: echo one > one, outs: [one]}
          second: {cmd: [cat one > two, echo two >> two], deps: [one], outs: [two]}
        """);
    Pipeline.open(root)
        .reproduce(ReproOptions.DEFAULT, new ReproListener() {}, MissingData.NONE, executor(root));
    assertThat(root.resolve("two")).hasContent("one\ntwo");
    assertThat(Pipeline.open(root).status(List.of())).isEmpty();
  }
}
