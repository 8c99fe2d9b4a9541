package io.mlopscore.serving;

import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.mlopscore.model.SampleModels;
import io.mlopscore.tracking.Experiment;
import io.mlopscore.tracking.Metric;
import io.mlopscore.tracking.NewRun;
import io.mlopscore.tracking.RunBatch;
import io.mlopscore.tracking.Tracking;
import io.mlopscore.tracking.http.TrackingRoutes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// A tracking server over a real database, which can be stopped, started again at the same address,
/// and made to answer all with one status. Its model `Iris` has two versions, with an accuracy of
/// 0.9 and of 0.95; the first is the champion.
final class Registry implements AutoCloseable {
  private final Tracking tracking;
  private final AtomicInteger status = new AtomicInteger();
  private @Nullable WebServer server;
  private int port;

  Registry(Path folder) throws IOException {
    tracking = Tracking.open(Tracking.DEFAULT_URI, folder);
    tracking.registry().createRegisteredModel("Iris", Map.of(), "");
    register(tracking, folder, 0.9);
    register(tracking, folder, 0.95);
    promote("champion", 1);
    start();
  }

  /// Registers the next version of `Iris`, of a run that reached an accuracy.
  ///
  /// @param folder for its files
  static void register(Tracking tracking, Path folder, double accuracy) throws IOException {
    var store = tracking.store();
    var experiment =
        store
            .experimentByName("iris")
            .map(Experiment::id)
            .orElseGet(() -> store.createExperiment("iris", Map.of()));
    var run = store.createRun(new NewRun(experiment, "", "me", 1, Map.of()));
    var metric = new Metric("accuracy", accuracy, 1, 0);
    store.log(run.info().runId(), new RunBatch(List.of(metric), Map.of(), Map.of()));
    var uri = run.info().artifactUri() + "/model";
    var files = folder.resolve("made-" + accuracy);
    SampleModels.iris(files);
    tracking.artifacts().upload(files, uri);
    tracking.registry().createVersion("Iris", uri, run.info().runId(), null, Map.of());
  }

  void promote(String alias, int version) {
    tracking.registry().setAlias("Iris", alias, version);
  }

  void withdraw(String alias) {
    tracking.registry().deleteAlias("Iris", alias);
  }

  String address() {
    return "http://127.0.0.1:" + port;
  }

  int port() {
    return port;
  }

  void start() {
    status.set(0);
    server =
        WebServer.builder()
            .host("127.0.0.1")
            .port(port)
            .shutdownHook(false)
            .addRouting(
                HttpRouting.builder()
                    .addFilter(
                        (chain, _, response) -> {
                          if (status.get() == 0) {
                            chain.proceed();
                          } else {
                            response.status(Status.create(status.get())).send("no");
                          }
                        })
                    .register(new TrackingRoutes(tracking)))
            .build()
            .start();
    port = server.port();
  }

  /// Nobody answers at its address from now on.
  void stop() {
    if (server != null) {
      server.stop();
      server = null;
    }
  }

  /// All is answered so from now on; by 0 as it should be.
  void answer(int with) {
    status.set(with);
  }

  @Override
  public void close() {
    stop();
    tracking.close();
  }
}
