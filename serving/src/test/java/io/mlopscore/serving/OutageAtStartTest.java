package io.mlopscore.serving;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlopscore.tracking.Tracking;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A prediction service that starts while its registry is out of reach.
class OutageAtStartTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  @TempDir private Path folder;
  private Registry registry;
  private String address;
  private Tracking tracking;

  @BeforeEach
  void open() throws IOException {
    registry = new Registry(Files.createDirectory(folder.resolve("registry")));
    address = registry.address();
    tracking = Tracking.open(address, folder);
  }

  @AfterEach
  void close() {
    tracking.close();
    registry.close();
  }

  @Test
  void whatWasServedLastIsServedAndSaid() {
    serveOnce("champion");
    registry.stop();
    var api = serve("champion");

    var answer = api.predict(Api.OK);
    assertThat(answer.body()).startsWith("{\"prediction\":\"setosa\"");
    assertThat(answer.headers().firstValue("X-Model-Version")).contains("1");
    assertThat(info(api)).contains("\"version\":\"1\"", "\"accuracy\":0.9,");
    assertThat(api.get("/health/ready").statusCode()).isEqualTo(200);
    assertThat(api.get("/health/ready").body())
        .contains("\"model_version\":\"1\"", "\"remembered_at\":\"2026-03-01T12:00:00Z\"");
    assertThat(api.get("/metrics").body()).contains("model_loaded 1.0", "model_remembered 1.0");
    api.close();
    assertThat(line(api, "remembered_model_loaded"))
        .contains(
            "\"severity\":\"WARNING\"",
            "\"model_version\":\"1\",\"recorded\":\"2026-03-01T12:00:00Z\"",
            registry.address() + " cannot be reached");
  }

  @Test
  void theRegistryIsFollowedOnceItAnswers() {
    serveOnce("champion");
    registry.stop();
    try (var api = serve("champion")) {
      registry.start();
      api.server.checkModel();
      assertThat(api.get("/health/ready").body())
          .isEqualTo("{\"status\":\"ready\",\"model\":\"Iris\",\"model_version\":\"1\"}");
      assertThat(api.get("/metrics").body()).contains("model_remembered 0.0");

      registry.promote("champion", 2);
      api.server.checkModel();
      assertThat(info(api)).contains("\"version\":\"2\"", "\"accuracy\":0.95,");
    }
    registry.stop();
    assertThat(versionServed("champion")).as("the last one is remembered").isEqualTo("2");
  }

  @Test
  void aServerThatFailsGivesNoAnswer() {
    serveOnce("champion");
    registry.answer(500);
    assertThat(versionServed("champion")).isEqualTo("1");
  }

  @Test
  void aServerThatSaysNothingGivesNoAnswer() throws IOException {
    serveOnce("champion");
    registry.stop();
    tracking.close();
    tracking = Tracking.open(address, folder, Duration.ofMillis(200));
    try (var _ = new ServerSocket(registry.port(), 9, InetAddress.getLoopbackAddress())) {
      assertThat(versionServed("champion")).isEqualTo("1");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403, 404})
  void aRefusalIsAnAnswer(int status) {
    serveOnce("champion");
    registry.answer(status);
    assertThat(versionServed("champion")).isEqualTo("none");
  }

  @Test
  void whatWasWithdrawnDoesNotComeBack() {
    try (var api = serve("champion")) {
      registry.withdraw("champion");
      api.server.checkModel();
      assertThat(api.predict(Api.OK).statusCode()).as("the last one goes on").isEqualTo(200);
    }
    registry.stop();
    assertThat(versionServed("champion")).isEqualTo("none");
  }

  @Test
  void aliasesThatShareAFolderAreRememberedApart() {
    registry.promote("challenger", 2);
    serveOnce("champion");
    serveOnce("challenger");
    registry.stop();

    assertThat(versionServed("champion")).isEqualTo("1");
    assertThat(versionServed("challenger")).isEqualTo("2");
    assertThat(versionServed("another")).isEqualTo("none");
  }

  @Test
  void anotherRegistryIsNotThisOne() {
    serveOnce("champion");
    registry.stop();
    tracking.close();
    address = "http://127.0.0.2:1";
    tracking = Tracking.open(address, folder);

    assertThat(versionServed("champion")).isEqualTo("none");
  }

  @Test
  void damagedCopyIsNotServedAndFetchedAgain() throws IOException {
    serveOnce("champion");
    var graph = copy().resolve("model.onnx");
    var bytes = Files.readAllBytes(graph);
    bytes[bytes.length / 2] ^= 1;
    Files.write(graph, bytes);
    registry.stop();
    var api = serve("champion");

    assertThat(api.predict(Api.OK).statusCode()).isEqualTo(503);
    assertThat(found("*[0-9a-f]")).isEmpty();
    registry.start();
    api.server.checkModel();
    assertThat(api.predict(Api.OK).statusCode()).isEqualTo(200);
    api.close();
    assertThat(line(api, "remembered_model_refused"))
        .contains("\"severity\":\"ERROR\"", "its files are damaged");
  }

  @Test
  void copyThatIsGoneIsSaid() throws IOException {
    serveOnce("champion");
    Files.move(copy(), folder.resolve("away"));
    registry.stop();
    var api = serve("champion");

    assertThat(api.get("/health/ready").statusCode()).isEqualTo(503);
    api.server.checkModel();
    api.close();
    assertThat(line(api, "remembered_model_refused")).contains("not there any more");
  }

  @Test
  void fileThatCannotBeReadIsSaid() throws IOException {
    serveOnce("champion");
    Files.writeString(memory(), "{\"registry\":\"http://");
    registry.stop();
    var api = serve("champion");

    assertThat(api.get("/health/ready").statusCode()).isEqualTo(503);
    api.close();
    assertThat(line(api, "remembered_model_refused")).contains(memory() + " cannot be read: ");
  }

  @Test
  void whatCannotBeWrittenKeepsNobodyFromServing() throws IOException {
    serveOnce("champion");
    var memory = memory();
    Files.delete(memory);
    Files.createDirectories(memory.resolve("in the way"));
    var api = serve("champion");
    api.server.checkModel();

    assertThat(api.predict(Api.OK).statusCode()).isEqualTo(200);
    api.close();
    assertThat(line(api, "model_not_remembered")).contains("\"severity\":\"WARNING\"");
    assertThat(found("*.json.*")).isEmpty();
  }

  private void serveOnce(String alias) {
    try (var api = serve(alias)) {
      assertThat(api.get("/health/ready").statusCode()).isEqualTo(200);
    }
  }

  private String versionServed(String alias) {
    try (var api = serve(alias)) {
      return api.predict(Api.OK).headers().firstValue("X-Model-Version").orElse("none");
    }
  }

  /// As a new process would.
  private Api serve(String alias) {
    var memory = new ReleaseMemory(cache(), address, "Iris", alias);
    return Api.start(
        new RegistryModelSource(tracking, "Iris", alias, cache(), Optional.of(memory)),
        "MLOPS_RELOAD_INTERVAL",
        "3600");
  }

  private ModelCache cache() {
    return new ModelCache(folder.resolve("cache"), Clock.fixed(NOON, ZoneOffset.UTC));
  }

  private Path memory() throws IOException {
    return only("*.json");
  }

  private Path copy() throws IOException {
    return only("*[0-9a-f]");
  }

  private Path only(String pattern) throws IOException {
    assertThat(found(pattern)).hasSize(1);
    return found(pattern).getFirst();
  }

  private List<Path> found(String pattern) throws IOException {
    try (var paths = Files.newDirectoryStream(cache().folder(), pattern)) {
      var found = new ArrayList<Path>();
      paths.forEach(found::add);
      return found;
    }
  }

  private static String info(Api api) {
    return api.get("/model/info", "X-API-Key", Api.KEY).body();
  }

  /// The one line of an event, of a service that has stopped.
  private static String line(Api api, String event) {
    var lines = api.log().lines().filter(line -> line.contains("\"" + event + "\"")).toList();
    assertThat(lines).hasSize(1);
    return lines.getFirst();
  }
}
