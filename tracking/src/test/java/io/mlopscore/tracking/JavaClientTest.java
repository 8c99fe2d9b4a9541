package io.mlopscore.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.mlopscore.tracking.http.HostCheck;
import io.mlopscore.tracking.http.TrackingRoutes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mlflow.api.proto.Service;
import org.mlflow.api.proto.Service.RunStatus;
import org.mlflow.api.proto.Service.ViewType;
import org.mlflow.tracking.MlflowClient;
import org.mlflow.tracking.MlflowHttpException;
import org.mlflow.tracking.Page;

/// MLflow's own Java client against our server: every call that it can make without Python.
@NullUnmarked
class JavaClientTest {
  @TempDir Path folder;
  private Tracking tracking;
  private WebServer server;
  private MlflowClient client;

  @BeforeEach
  void start() {
    tracking = Tracking.open(Tracking.DEFAULT_URI, folder);
    var routing =
        HttpRouting.builder().addFilter(new HostCheck()).register(new TrackingRoutes(tracking));
    server = FreePort.serve(routing);
    client = new MlflowClient("http://127.0.0.1:" + server.port());
  }

  @AfterEach
  void stop() {
    client.close();
    server.stop();
    tracking.close();
  }

  @Test
  void experimentLivesAndDies() {
    var id = client.createExperiment("wine");
    client.setExperimentTag(id, "team", "red");
    client.renameExperiment(id, "white wine");
    var found = client.getExperimentByName("white wine").orElseThrow();
    assertThat(found.getExperimentId()).isEqualTo(id);
    assertThat(found.getTags(0).getValue()).isEqualTo("red");
    client.deleteExperiment(id);
    assertThat(client.getExperiment(id).getLifecycleStage()).isEqualTo("deleted");
    client.restoreExperiment(id);
    var page =
        client.searchExperiments("name LIKE 'white%'", ViewType.ACTIVE_ONLY, 10, List.of("name"));
    assertThat(page.getItems()).extracting(Service.Experiment::getExperimentId).containsExactly(id);
    assertThat(client.getExperimentByName("nobody")).isEmpty();
  }

  @Test
  void runIsLoggedSearchedAndEnded() {
    var experiment = client.createExperiment("runs");
    var run = client.createRun(experiment).getRunId();
    client.logParam(run, "depth", "10");
    client.logMetric(run, "loss", 0.5, 1_000, 1);
    client.logMetric(run, "loss", Double.NaN, 2_000, 2);
    client.setTag(run, "note", "first");
    client.setTag(run, "gone", "soon");
    client.deleteTag(run, "gone");
    client.logBatch(
        run,
        List.of(metric("accuracy", 0.9)),
        List.of(Service.Param.newBuilder().setKey("trees").setValue("200").build()),
        List.of(Service.RunTag.newBuilder().setKey("kind").setValue("forest").build()));
    client.setTerminated(run, RunStatus.FINISHED, 3_000);
    var data = client.getRun(run).getData();
    assertThat(data.getParamsList()).extracting(Service.Param::getKey).contains("depth", "trees");
    assertThat(data.getTagsList())
        .extracting(Service.RunTag::getKey)
        .contains("note", "kind")
        .doesNotContain("gone");
    assertThat(client.getMetricHistory(run, "loss"))
        .extracting(Service.Metric::getValue)
        .containsExactly(0.5, Double.NaN);
    assertThat(client.getRun(run).getInfo().getStatus()).isEqualTo(RunStatus.FINISHED);
    var found =
        client.searchRuns(
            List.of(experiment),
            "metrics.accuracy > 0.8 and params.depth = '10'",
            ViewType.ACTIVE_ONLY,
            5,
            List.of("metrics.accuracy DESC"));
    assertThat(found.getItems()).extracting(item -> item.getInfo().getRunId()).containsExactly(run);
  }

  @Test
  void pagesOfRunsFollowEachOther() {
    var experiment = client.createExperiment("pages");
    for (var i = 0; i < 5; i++) {
      client.createRun(experiment);
    }
    var sizes = new ArrayList<Integer>();
    Page<Service.Run> page = client.searchRuns(List.of(experiment), "", ViewType.ALL, 2);
    for (; page.getPageSize() > 0; page = page.getNextPage()) {
      sizes.add(page.getPageSize());
    }
    assertThat(sizes).containsExactly(2, 2, 1);
  }

  @Test
  void deletedRunIsHiddenUntilItIsRestored() {
    var experiment = client.createExperiment("deleted");
    var run = client.createRun(experiment).getRunId();
    client.deleteRun(run);
    assertThat(runs(experiment, ViewType.ACTIVE_ONLY)).isZero();
    assertThat(runs(experiment, ViewType.DELETED_ONLY)).isOne();
    client.restoreRun(run);
    assertThat(runs(experiment, ViewType.ACTIVE_ONLY)).isOne();
  }

  private int runs(String experiment, ViewType view) {
    return client.searchRuns(List.of(experiment), "", view, 10).getPageSize();
  }

  @Test
  void registryIsRead() {
    var run = client.createRun(client.createExperiment("registry"));
    tracking.registry().createRegisteredModel("Wine", Map.of(), "");
    var source = run.getArtifactUri() + "/model";
    tracking.registry().createVersion("Wine", source, run.getRunId(), null, Map.of());
    assertThat(client.getRegisteredModel("Wine").getName()).isEqualTo("Wine");
    assertThat(client.getModelVersion("Wine", "1").getRunId()).isEqualTo(run.getRunId());
    assertThat(client.getLatestVersions("Wine")).hasSize(1);
    assertThat(client.getLatestVersions("Wine", List.of("Production"))).isEmpty();
    assertThat(client.getModelVersionDownloadUri("Wine", "1")).isEqualTo(source);
    assertThat(client.searchModelVersions("name='Wine'").getItems()).hasSize(1);
  }

  @Test
  void refusalIsToldWithItsReason() {
    assertThat(refusal(() -> client.getRun("0123"))).contains("Run with id=0123 not found");
    assertThat(refusal(() -> client.searchRuns(List.of("0"), "a OR", ViewType.ALL, 1)))
        .contains("INVALID_PARAMETER");
  }

  private static String refusal(Runnable call) {
    try {
      call.run();
    } catch (MlflowHttpException e) {
      return e.getMessage() + e.getBodyMessage();
    }
    throw new AssertionError("nothing was refused");
  }

  private static Service.Metric metric(String key, double value) {
    return Service.Metric.newBuilder().setKey(key).setValue(value).setTimestamp(1).build();
  }
}
