package io.mlopscore.tracking;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.mlopscore.tracking.http.TrackingRoutes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What callers of the artifact routes see, byte by byte.
@NullUnmarked
final class ArtifactRoutesTest {
  private static final String PROXY = "/api/2.0/mlflow-artifacts/artifacts";

  @TempDir Path folder;
  private Tracking tracking;
  private WebServer server;
  private HttpClient http;
  private String run;

  @BeforeEach
  void open() {
    tracking = Tracking.open(Tracking.DEFAULT_URI, folder);
    server = FreePort.serve(HttpRouting.builder().register(new TrackingRoutes(tracking)));
    http = HttpClient.newHttpClient();
    run = tracking.store().createRun(new NewRun("0", "r", "ada", 1, Map.of())).info().runId();
  }

  @AfterEach
  void close() {
    http.close();
    server.stop();
    tracking.close();
  }

  private HttpResponse<String> send(String method, String path, String body, String... headers)
      throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
            .method(method, BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.send(request.build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> get(String path, String... headers) throws Exception {
    return send("GET", path, "", headers);
  }

  private String file(String name) {
    return PROXY + "/0/" + run + "/artifacts/" + name;
  }

  @Test
  void folderIsNoFileToWriteButMayBeDeleted() throws Exception {
    assertThat(send("PUT", file("d/"), "x").statusCode()).isEqualTo(400);
    assertThat(send("PUT", file("d/a"), "x").statusCode()).isEqualTo(200);
    assertThat(send("DELETE", file("d/"), "").statusCode()).isEqualTo(200);
    assertThat(get(file("d/a")).statusCode()).isEqualTo(404);
  }

  @Test
  void fileIsSentAsMlflowSendsIt() throws Exception {
    assertThat(send("PUT", file("a.txt"), "0123456789").body()).isEmpty();
    var answer = get(file("a.txt"));
    assertThat(answer.body()).isEqualTo("0123456789");
    assertThat(answer.headers().firstValue("Content-Disposition"))
        .hasValue("attachment; filename=a.txt");
    assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/plain");
    assertThat(answer.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
    assertThat(answer.headers().firstValue("Content-Length")).hasValue("10");
    var head = send("HEAD", file("a.txt"), "");
    assertThat(head.headers().firstValue("Content-Length")).hasValue("10");
    assertThat(head.body()).isEmpty();
  }

  @Test
  void partsAreSentWhereAskedFor() throws Exception {
    send("PUT", file("a"), "0123456789");
    var part = get(file("a"), "Range", "bytes=2-4");
    assertThat(part.statusCode()).isEqualTo(206);
    assertThat(part.body()).isEqualTo("234");
    assertThat(part.headers().firstValue("Content-Range")).hasValue("bytes 2-4/10");
    assertThat(get(file("a"), "Range", "bytes=8-").body()).isEqualTo("89");
    assertThat(get(file("a"), "Range", "bytes=-3").body()).isEqualTo("789");
    assertThat(get(file("a"), "Range", "bytes=5-100").body()).isEqualTo("56789");
    assertThat(get(file("a"), "Range", "bytes=0-1,4-5").body()).isEqualTo("0123456789");
    assertThat(get(file("a"), "Range", "bytes=4-2").statusCode()).isEqualTo(200);
    var none = get(file("a"), "Range", "bytes=10-");
    assertThat(none.statusCode()).isEqualTo(416);
    assertThat(none.headers().firstValue("Content-Range")).hasValue("bytes */10");
  }

  @Test
  void emptyFileIsSent() throws Exception {
    send("PUT", file("empty"), "");
    assertThat(get(file("empty")).statusCode()).isEqualTo(200);
    assertThat(get(file("empty")).body()).isEmpty();
  }

  @Test
  void listsAreRelative() throws Exception {
    send("PUT", file("d/a.txt"), "1");
    assertThat(get(PROXY + "?path=0/" + run + "/artifacts/d").body())
        .contains("\"path\" : \"a.txt\"");
    assertThat(get("/api/2.0/mlflow/artifacts/list?path=d&run_id=" + run).body())
        .contains("\"path\" : \"d/a.txt\"")
        .contains("\"root_uri\" : \"mlflow-artifacts:/0/" + run + "/artifacts\"");
  }

  @Test
  void errorsAreMlflows() throws Exception {
    send("PUT", file("d/a.txt"), "1");
    var absent = get(file("none"));
    assertThat(absent.statusCode()).isEqualTo(404);
    assertThat(absent.body()).contains("RESOURCE_DOES_NOT_EXIST").contains("No such artifact: '0/");
    var directory = get(file("d"));
    assertThat(directory.statusCode()).isEqualTo(400);
    assertThat(directory.body()).contains("Artifact path refers to a directory, not a file");
    assertThat(send("PUT", file("d"), "1").statusCode()).isEqualTo(400);
    assertThat(send("PUT", file("d/a.txt/b"), "1").statusCode()).isEqualTo(400);
    assertThat(send("PUT", file("x".repeat(300)), "1").statusCode()).isEqualTo(400);
  }

  @Test
  void pagesFetchFilesOfRunsModelsAndVersions() throws Exception {
    send("PUT", file("gr%C3%B6%C3%9Fe%201.json"), "{}");
    var answer = get("/get-artifact?run_uuid=" + run + "&path=gr%C3%B6%C3%9Fe%201.json");
    assertThat(answer.body()).isEqualTo("{}");
    assertThat(answer.headers().firstValue("Content-Disposition").orElseThrow())
        .endsWith("filename*=UTF-8''gr%C3%B6%C3%9Fe%201.json");
    var model =
        tracking
            .store()
            .createLoggedModel(new NewLoggedModel("0", "m", null, run, Map.of(), Map.of()));
    tracking
        .artifacts()
        .upload(Files.writeString(folder.resolve("x"), "m"), model.artifactUri() + "/MLmodel");
    var files = "/ajax-api/2.0/mlflow/logged-models/" + model.modelId() + "/artifacts/files";
    assertThat(get(files + "?artifact_file_path=MLmodel").body()).isEqualTo("m");
    assertThat(get(files).body()).contains("BAD_REQUEST");
    tracking.registry().createRegisteredModel("M", Map.of(), "");
    tracking.registry().createVersion("M", model.artifactUri(), null, null, Map.of());
    assertThat(get("/model-versions/get-artifact?name=M&version=1&path=MLmodel").body())
        .isEqualTo("m");
  }

  @Test
  void pageStoresASmallFile() throws Exception {
    var path = "/ajax-api/2.0/mlflow/upload-artifact?run_uuid=" + run + "&path=p/a.json";
    assertThat(send("POST", path, "[]").statusCode()).isEqualTo(200);
    assertThat(get("/get-artifact?run_id=" + run + "&path=p/a.json").body()).isEqualTo("[]");
    assertThat(send("POST", path, "").body()).contains("Request must specify data.");
    var large = "x".repeat((10 << 20) + 1);
    assertThat(send("POST", path, large).body()).contains("Max size is 10MB");
  }

  @Test
  void whatAFolderCannotDoIsSaidInMlflowsWords() throws Exception {
    var parts =
        send(
            "POST",
            "/api/2.0/mlflow-artifacts/mpu/create/0/x",
            "{\"path\": \"a\", \"num_parts\": 2}");
    assertThat(parts.statusCode()).isEqualTo(501);
    assertThat(parts.body())
        .contains("Multipart upload is not supported for the current artifact repository");
    assertThat(get("/api/2.0/mlflow-artifacts/presigned/0/x").body())
        .contains("Multipart download is not supported for the current artifact repository");
    var upload =
        send(
            "POST",
            "/api/2.0/mlflow/artifacts/presigned-upload-url",
            "{\"run_id\": \"" + run + "\", \"path\": \"a\"}",
            "Content-Type",
            "application/json");
    assertThat(upload.statusCode()).isEqualTo(400);
    assertThat(upload.body()).contains("Presigned upload is not supported for proxied artifact");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../x",
        "%2e%2e/x",
        "%2e%2e%2fx",
        "%252e%252e/x",
        "..%5cx",
        "a%5cb",
        "/etc/passwd",
        "%2fetc%2fpasswd",
        "C:/x",
        "a%23b",
        "file:/etc/passwd"
      })
  void noRouteTakesAPathThatLeadsOut(String path) throws Exception {
    Files.writeString(folder.resolve("x"), "secret");
    for (var line :
        new String[] {
          "GET " + PROXY + "/" + path,
          "PUT " + PROXY + "/" + path,
          "DELETE " + PROXY + "/" + path,
          "GET " + PROXY + "?path=" + path,
          "GET /api/2.0/mlflow-artifacts/presigned/" + path,
          "POST /api/2.0/mlflow-artifacts/mpu/create/" + path,
          "GET /api/2.0/mlflow/artifacts/list?run_id=" + run + "&path=" + path,
          "GET /get-artifact?run_id=" + run + "&path=" + path,
          "POST /ajax-api/2.0/mlflow/upload-artifact?run_uuid=" + run + "&path=" + path
        }) {
      var answer = raw(line, "x");
      assertThat(answer).as(line).startsWith("HTTP/1.1 400").doesNotContain("secret");
    }
    assertThat(folder.resolve("x")).hasContent("secret");
  }

  /// No client library may tidy up the path before it is sent.
  private String raw(String line, String body) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      var length = line.startsWith("GET") ? 0 : body.length();
      var request =
          line
              + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: "
              + length
              + "\r\n\r\n"
              + body.substring(0, length);
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(request.getBytes(UTF_8));
      var answer = new StringBuilder();
      var in = socket.getInputStream();
      while (answer.indexOf("}") < 0) {
        answer.append((char) in.read());
      }
      return answer.toString();
    }
  }

  @Test
  void uploadThatBreaksLeavesNothing() throws Exception {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      var request =
          "PUT " + file("cut") + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\nhalf";
      socket.getOutputStream().write(request.getBytes(UTF_8));
      socket.shutdownOutput();
      socket.setSoTimeout(10_000);
      socket.getInputStream().readAllBytes();
    }
    assertThat(get(file("cut")).statusCode()).isEqualTo(404);
    try (var left = Files.walk(folder.resolve("mlartifacts"))) {
      assertThat(left.filter(Files::isRegularFile)).isEmpty();
    }
  }
}
