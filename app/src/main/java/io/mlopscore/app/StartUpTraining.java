package io.mlopscore.app;

import io.mlopscore.tracking.sql.SqliteLibrary;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// Runs what is everyday in one process while the JVM records what it loads and links: the short
/// commands, or the services with what trains models for them.
///
/// `bin/train-start-up` starts it in an empty folder. `deploy/image/record-classes` does, too, with
/// training and serving in two processes, since the services alone are recorded for the image.
final class StartUpTraining {
  private static final int REQUESTS = 50;

  private static final List<String> TRACKING =
      List.of("/", "/health", "/api/2.0/mlflow/experiments/search?max_results=10");

  /// Enough files that what looks at each is known to be worth compiling.
  private static final int FILES = 2000;

  private StartUpTraining() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    writeProject();
    switch (args[0]) {
      case "commands" -> commands();
      case "services" -> services(Path.of(args[1]));
      case "training" -> training();
      case "serving" -> serve();
      default -> throw new IllegalArgumentException(args[0]);
    }
    System.exit(0); // as commands end: the JVM has something to load for that, too
  }

  private static void commands() throws IOException {
    run("help");
    run("version");
    run("repro");
    run("repro");
    run("dag");
    var files = Path.of("files");
    Files.createDirectories(files.resolve("below"));
    for (int i = 0; i < FILES; i++) {
      Files.writeString(files.resolve((i % 2 == 0 ? "below/" : "") + i + ".txt"), "file " + i);
    }
    run("add", "files");
    Files.writeString(files.resolve("0.txt"), "changed");
    run("add", "files");
    run("status");
    run("remote", "add", "-d", "near", "remote");
    run("push");
    run("push");
    run("status", "-c");
    remove(files);
    remove(Path.of(".dvc/cache"));
    run("pull");
    remove(files);
    run("checkout");
    run("gc", "-w", "-f");
    run("status");
  }

  private static void remove(Path folder) throws IOException {
    try (var paths = Files.walk(folder)) {
      for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  private static void services(Path natives) throws IOException, InterruptedException {
    SqliteLibrary.unpack(natives);
    training();
    serve();
  }

  private static void training() throws IOException {
    run("data", "split", "data.csv");
    run("train");
    run("evaluate");
  }

  /// A command that fails would leave its classes out of the cache, so it must not fail silently.
  private static void run(String... arguments) {
    var code = Main.run(arguments);
    if (code != 0) {
      throw new IllegalStateException(String.join(" ", arguments) + " ended with " + code);
    }
  }

  /// As `git init` makes one, since git need not be there.
  private static void writeRepository() throws IOException {
    for (var folder : List.of("objects", "refs/heads", "refs/tags", "info")) {
      Files.createDirectories(Path.of(".git", folder));
    }
    Files.writeString(Path.of(".git/HEAD"), "ref: refs/heads/main\n");
    Files.writeString(Path.of(".git/config"), "[core]\n\trepositoryformatversion = 0\n");
    Files.writeString(Path.of(".gitignore"), "# what others made\n*.log\n!kept.log\n/build/\n");
  }

  private static void writeProject() throws IOException {
    writeRepository();
    Files.createDirectories(Path.of(".dvc"));
    Files.writeString(Path.of(".dvc/config"), "");
    Files.writeString(
        Path.of("mlops.yaml"),
        "model: {name: M, alias: champion, experiment: e, ranges: {x: [0, 9]}}\n");
    Files.writeString(
        Path.of("params.yaml"),
        """
        data: {target: label, test_size: 0.2, random_state: 1}
        train: {algorithm: random_forest, n_estimators: 5, max_depth: 3, random_state: 1}
        """);
    Files.writeString(
        Path.of("dvc.yaml"),
        """
        stages:
          s:
            cmd: cp data.csv copy.csv
            deps: [data.csv]
            outs: [copy.csv]
        """);
    var rows = new StringBuilder("x,y,label\n");
    for (var i = 0; i < 60; i++) {
      rows.append(i % 7).append(',').append(i % 5).append(i % 7 < 3 ? ",low\n" : ",high\n");
    }
    Files.writeString(Path.of("data.csv"), rows);
  }

  private static void serve() throws IOException, InterruptedException {
    run("server", "--help");
    run("serve", "--help");
    var directory = Path.of("");
    var settings = ServerSettings.read(directory, Map.of("port", "0"), Map.of());
    try (var tracking = TrackingService.start(settings)) {
      Newcomer.register(Project.open(directory), tracking.tracking(), TrainedRun.read(directory));
      try (var prediction =
          PredictionService.start(
              directory, Map.of("port", "0"), Map.of(), OutputStream.nullOutputStream())) {
        ask(tracking.port(), prediction.server().port());
      }
    }
  }

  private static void ask(int tracking, int prediction) throws IOException, InterruptedException {
    try (var client = HttpClient.newHttpClient()) {
      for (var i = 0; i < REQUESTS; i++) {
        var row = HttpRequest.newBuilder(uri(prediction, "/predict"));
        row.header("Content-Type", "application/json");
        row.POST(BodyPublishers.ofString("{\"x\": 1, \"y\": 2}"));
        client.send(row.build(), BodyHandlers.ofString());
      }
      for (var path : new String[] {"/health/ready", "/metrics", "/openapi.json", "/model/info"}) {
        client.send(HttpRequest.newBuilder(uri(prediction, path)).build(), BodyHandlers.ofString());
      }
      for (var i = 0; i < REQUESTS; i++) {
        for (var path : TRACKING) {
          client.send(HttpRequest.newBuilder(uri(tracking, path)).build(), BodyHandlers.ofString());
        }
        var search = HttpRequest.newBuilder(uri(tracking, "/api/2.0/mlflow/runs/search"));
        search.POST(BodyPublishers.ofString("{\"experiment_ids\": [\"1\"], \"max_results\": 10}"));
        client.send(search.build(), BodyHandlers.ofString());
      }
    }
  }

  private static URI uri(int port, String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }
}
