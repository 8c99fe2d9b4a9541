package io.mlopscore.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.mlopscore.tracking.http.TrackingRoutes;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Texts that no path, URI or database can hold: whatever call they come with, and wherever they
/// stand in it, they are the caller's mistake or are kept, and never an error of the server.
@NullUnmarked
class UnwritableTextTest {
  private static final List<String> TEXTS =
      List.of(
          "a\\u0000b",
          "\\u0000",
          "\\ud800",
          "x/\\udfff\\ud800",
          "file:///a\\u0000b",
          "s3://\\u0000/x",
          "runs:/\\u0000/x",
          "http://\\u0000",
          "mlflow-artifacts:/\\ud800",
          "models:/\\u0000/1",
          "%00",
          "file:%00",
          "http://[::1",
          "file://\\ud800/x",
          "a\\nb:c",
          "\\ufffe\\u2028");
  private static final String ODD = "ODD";
  private static final String V2 = "/api/2.0/mlflow/";
  private static final String V3 = "/api/3.0/mlflow/";

  private final ObjectMapper json = new ObjectMapper();
  private final HttpClient client = HttpClient.newHttpClient();
  @TempDir Path folder;
  private Tracking tracking;
  private WebServer server;

  private record Request(String method, String path, String body) {
    static Request post(String path, String body) {
      return new Request("POST", path, body);
    }
  }

  @Test
  void isNoErrorOfTheServerOnSqlite() throws Exception {
    serve(Tracking.DEFAULT_URI);
    askAll();
  }

  @Test
  void isNoErrorOfTheServerOnPostgresql() throws Exception {
    serve(postgres());
    askAll();
  }

  private static String postgres() throws SQLException {
    return PostgresServer.freshDatabase();
  }

  @Test
  void locationOfAnExperimentSaysWhatIsWrong() throws Exception {
    serve(Tracking.DEFAULT_URI);
    var answer =
        ask(
            Request.post(
                V2 + "experiments/create",
                "{\"name\": \"e\", \"artifact_location\": \"a\\u0000b\"}"));
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body())
        .contains("INVALID_PARAMETER_VALUE")
        .contains("Invalid value for parameter 'artifact_location' supplied");
  }

  private void serve(String uri) {
    tracking = Tracking.open(uri, folder);
    server = FreePort.serve(HttpRouting.builder().register(new TrackingRoutes(tracking)));
  }

  @AfterEach
  void close() {
    server.stop();
    tracking.close();
  }

  private void askAll() throws Exception {
    for (var text : TEXTS) {
      for (var request : requests()) {
        var odd = new Request(request.method(), request.path(), request.body().replace(ODD, text));
        assertThat(ask(odd)).as("%s", odd).matches(a -> a.statusCode() < 500, "no error of ours");
      }
    }
  }

  /// Made anew for each text, as some of them change what the next is about.
  private List<Request> requests() throws Exception {
    var experiment =
        value("experiments/create", "{\"name\": \"" + System.nanoTime() + "\"}", "/experiment_id");
    var run =
        value("runs/create", "{\"experiment_id\": \"" + experiment + "\"}", "/run/info/run_id");
    var name = "m" + System.nanoTime();
    value("registered-models/create", "{\"name\": \"" + name + "\"}", "/registered_model/name");
    value(
        "model-versions/create",
        "{\"name\": \"" + name + "\", \"source\": \"models:/m-1\"}",
        "/model_version/version");
    var model =
        value(
            "logged-models", "{\"experiment_id\": \"" + experiment + "\"}", "/model/info/model_id");
    return Stream.of(
            experiments(experiment),
            runs(experiment, run),
            models(name, run),
            logged(experiment, model),
            traces(experiment, run))
        .flatMap(List::stream)
        .toList();
  }

  private static List<Request> experiments(String id) {
    return List.of(
        Request.post(V2 + "experiments/create", "{\"name\": \"ODD\"}"),
        Request.post(
            V2 + "experiments/create", "{\"name\": \"n-ODD\", \"artifact_location\": \"ODD\"}"),
        Request.post(
            V2 + "experiments/create",
            "{\"name\": \"t-ODD\", \"tags\": [{\"key\": \"ODD\", \"value\": \"ODD\"}]}"),
        Request.post(
            V2 + "experiments/update",
            "{\"experiment_id\": \"" + id + "\", \"new_name\": \"u-ODD\"}"),
        Request.post(
            V2 + "experiments/set-experiment-tag",
            "{\"experiment_id\": \"" + id + "\", \"key\": \"ODD\", \"value\": \"ODD\"}"),
        Request.post(V2 + "experiments/delete", "{\"experiment_id\": \"ODD\"}"),
        Request.post(V2 + "experiments/search", "{\"filter\": \"name = 'ODD'\"}"));
  }

  private static List<Request> runs(String experiment, String id) {
    var run = "{\"run_id\": \"" + id + "\", ";
    return List.of(
        Request.post(
            V2 + "runs/create",
            "{\"experiment_id\": \""
                + experiment
                + "\", \"run_name\": \"ODD\", \"user_id\": \"ODD\","
                + " \"tags\": [{\"key\": \"ODD\", \"value\": \"ODD\"}]}"),
        Request.post(V2 + "runs/update", run + "\"run_name\": \"ODD\"}"),
        Request.post(V2 + "runs/set-tag", run + "\"key\": \"k\", \"value\": \"ODD\"}"),
        Request.post(V2 + "runs/log-parameter", run + "\"key\": \"p\", \"value\": \"ODD\"}"),
        Request.post(
            V2 + "runs/log-batch",
            run
                + "\"params\": [{\"key\": \"q\", \"value\": \"ODD\"}], \"metrics\": [{\"key\":"
                + " \"ODD\", \"value\": 1, \"timestamp\": 1, \"step\": 0}]}"),
        Request.post(
            V2 + "runs/log-inputs",
            run
                + "\"datasets\": [{\"tags\": [{\"key\": \"ODD\", \"value\": \"ODD\"}], \"dataset\":"
                + " {\"name\": \"ODD\", \"digest\": \"ODD\", \"source_type\": \"ODD\", \"source\":"
                + " \"ODD\"}}]}"),
        Request.post(V2 + "runs/log-model", run + "\"model_json\": \"ODD\"}"),
        Request.post(V2 + "artifacts/presigned-upload-url", run + "\"path\": \"ODD\"}"),
        Request.post(
            V2 + "runs/search",
            "{\"experiment_ids\": [\"" + experiment + "\"], \"filter\": \"params.p = 'ODD'\"}"));
  }

  private static List<Request> models(String name, String run) {
    var version = "{\"name\": \"" + name + "\", \"version\": \"1\", ";
    return List.of(
        Request.post(V2 + "registered-models/create", "{\"name\": \"ODD\"}"),
        Request.post(
            V2 + "registered-models/create",
            "{\"name\": \""
                + name
                + "-ODD\", \"description\": \"ODD\", \"tags\": [{\"key\": \"ODD\","
                + " \"value\": \"ODD\"}]}"),
        new Request(
            "PATCH",
            V2 + "registered-models/update",
            "{\"name\": \"" + name + "\", \"description\": \"ODD\"}"),
        Request.post(V2 + "registered-models/alias", version + "\"alias\": \"ODD\"}"),
        Request.post(
            V2 + "model-versions/create", "{\"name\": \"" + name + "\", \"source\": \"ODD\"}"),
        Request.post(
            V2 + "model-versions/create",
            "{\"name\": \"" + name + "\", \"source\": \"ODD\", \"run_id\": \"" + run + "\"}"),
        Request.post(
            V2 + "model-versions/create",
            "{\"name\": \""
                + name
                + "\", \"source\": \"x\", \"run_link\": \"ODD\", \"description\":"
                + " \"ODD\", \"model_id\": \"ODD\"}"),
        new Request("PATCH", V2 + "model-versions/update", version + "\"description\": \"ODD\"}"),
        Request.post(V2 + "model-versions/transition-stage", version + "\"stage\": \"ODD\"}"),
        Request.post(
            V2 + "model-versions/set-tag", version + "\"key\": \"ODD\", \"value\": \"ODD\"}"));
  }

  private static List<Request> logged(String experiment, String id) {
    return List.of(
        Request.post(
            V2 + "logged-models",
            "{\"experiment_id\": \""
                + experiment
                + "\", \"name\": \"ODD\", \"model_type\": \"ODD\","
                + " \"source_run_id\": \"ODD\", \"params\": [{\"key\": \"ODD\", \"value\": \"ODD\"}]}"),
        new Request(
            "PATCH",
            V2 + "logged-models/" + id + "/tags",
            "{\"tags\": [{\"key\": \"ODD\", \"value\": \"ODD\"}]}"),
        Request.post(
            V2 + "logged-models/search",
            "{\"experiment_ids\": [\"" + experiment + "\"], \"filter\": \"name = 'ODD'\"}"));
  }

  private static List<Request> traces(String experiment, String run) {
    return List.of(
        Request.post(
            V3 + "traces",
            "{\"trace\": {\"trace_info\": {\"trace_id\": \"tr-ODD\", \"trace_location\": {\"type\":"
                + " \"MLFLOW_EXPERIMENT\", \"mlflow_experiment\": {\"experiment_id\": \""
                + experiment
                + "\"}}, \"request_time\": \"2026-01-01T00:00:00Z\", \"state\": \"OK\","
                + " \"request_preview\": \"ODD\", \"tags\": {\"ODD\": \"ODD\","
                + " \"mlflow.artifactLocation\": \"ODD\"}, \"trace_metadata\": {\"ODD\": \"ODD\"}}}}"),
        new Request("PATCH", V3 + "traces/tr-1/tags", "{\"key\": \"ODD\", \"value\": \"ODD\"}"),
        Request.post(
            V2 + "traces/link-to-run", "{\"trace_ids\": [\"ODD\"], \"run_id\": \"" + run + "\"}"),
        new Request("PATCH", V2 + "traces/tr-1/tags", "{\"key\": \"ODD\", \"value\": \"ODD\"}"));
  }

  private String value(String call, String body, String pointer)
      throws IOException, InterruptedException {
    return json.readTree(ask(Request.post(V2 + call, body)).body()).at(pointer).asText();
  }

  private HttpResponse<String> ask(Request request) throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + request.path()))
            .header("Content-Type", "application/json")
            .method(request.method(), BodyPublishers.ofString(request.body()))
            .build(),
        BodyHandlers.ofString());
  }
}
