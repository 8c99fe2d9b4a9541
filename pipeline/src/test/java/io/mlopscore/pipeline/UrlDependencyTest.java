package io.mlopscore.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.mlopscore.pipeline.StageResult.Outcome;
import io.mlopscore.pipeline.remote.RemoteUrls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Stages that read from URLs.
final class UrlDependencyTest {
  @TempDir private Path folder;
  private Path here;
  private Path store;
  private HttpServer server;
  private String url;
  private volatile String tag = "\"one\"";

  @BeforeEach
  void begin() throws IOException {
    here = Files.createDirectories(folder.resolve("here"));
    store = Files.createDirectories(folder.resolve("store"));
    Repository.init(here);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          boolean there = !tag.isEmpty();
          if (there) {
            exchange.getResponseHeaders().set(tag.endsWith("GMT") ? "Last-Modified" : "ETag", tag);
            exchange.getResponseHeaders().set("Content-Length", "3");
          }
          exchange.sendResponseHeaders(there ? 200 : 404, -1);
          exchange.close();
        });
    server.start();
    url = "http://127.0.0.1:" + server.getAddress().getPort() + "/x.txt";
  }

  @AfterEach
  void end() {
    server.stop(0);
  }

  private void stage(String dependency) throws IOException {
    Files.writeString(
        here.resolve("dvc.yaml"),
        "stages:\n  s:\n    cmd: echo ran > out\n    deps:\n    - %s\n    outs:\n    - out\n"
            .formatted(dependency));
  }

  private Pipeline pipeline() throws IOException {
    return Pipeline.open(here, new RemoteUrls());
  }

  private Outcome run() throws IOException {
    var all = pipeline().reproduce(ReproOptions.DEFAULT, new ReproListener() {});
    return all.getFirst().outcome();
  }

  private String status() throws IOException {
    var pipeline = pipeline();
    return new StatusText(pipeline).json(pipeline.status(List.of()));
  }

  @Test
  void aStageRunsAgainWhenTheServerHasAnotherContent() throws IOException {
    stage(url);
    assertThat(run()).isInstanceOf(Outcome.Ran.class);
    assertThat(here.resolve("dvc.lock"))
        .content()
        .contains(
            "    deps:\n    - path: %s\n      hash: md5\n      checksum: '\"one\"'\n      size: 3\n"
                .formatted(url));
    assertThat(run()).isInstanceOf(Outcome.Unchanged.class);
    tag = "\"two\"";
    assertThat(status())
        .isEqualTo("{\"s\": [{\"changed deps\": {\"%s\": \"modified\"}}]}\n".formatted(url));
    assertThat(run()).isInstanceOf(Outcome.Ran.class);
    assertThat(status()).isEqualTo("{}\n");
  }

  @Test
  void aServerWithoutTagsIsKnownByWhatElseItSays() throws IOException {
    tag = "Mon, 02 Mar 2026 10:00:00 GMT";
    stage(url);
    run();
    assertThat(here.resolve("dvc.lock")).content().containsPattern("checksum: '[0-9]{30,39}'\n");
    assertThat(status()).isEqualTo("{}\n");
    tag = "Mon, 02 Mar 2026 10:00:01 GMT";
    assertThat(status()).contains("modified");
  }

  @Test
  void whatIsGoneIsNamed() throws IOException {
    stage(url);
    run();
    tag = "";
    assertThat(status())
        .isEqualTo("{\"s\": [{\"changed deps\": {\"%s\": \"deleted\"}}]}\n".formatted(url));
    assertThat(run())
        .isEqualTo(new Outcome.Failed("dependency '%s' does not exist".formatted(url)));
  }

  /// As with DVC, which does not know from the lock whether the same would come out.
  @Test
  void resultsOfWhatAServerHasAreNotTakenFromTheCache() throws IOException {
    stage(url);
    run();
    Files.delete(here.resolve("out"));
    assertThat(run()).isInstanceOf(Outcome.Ran.class);
  }

  @Test
  void aFolderThatIsARemoteIsReadAsFiles() throws IOException {
    Files.writeString(here.resolve(".dvc/config"), "[remote \"r\"]\n    url = " + store + "\n");
    Files.writeString(store.resolve("x.txt"), "one\n");
    stage("remote://r/x.txt");
    assertThat(run()).isInstanceOf(Outcome.Ran.class);
    assertThat(here.resolve("dvc.lock"))
        .content()
        .contains(
            "    - path: remote://r/x.txt\n      hash: md5\n      md5: 5bbf5a52328e7439ae6e719dfe712200\n      size: 4\n");
    Files.writeString(store.resolve("x.txt"), "another\n");
    assertThat(status())
        .isEqualTo("{\"s\": [{\"changed deps\": {\"remote://r/x.txt\": \"modified\"}}]}\n");
  }

  @Test
  void aRemoteThatIsNotThereIsNamedWithItsPlace() throws IOException {
    stage("remote://nope/x.txt");
    assertThatThrownBy(() -> status())
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("dvc.yaml:2")
        .hasMessageContaining("remote 'nope' doesn't exist");
    Files.delete(here.resolve("dvc.yaml"));
    var added =
        new NewStage(
            "s",
            "echo",
            Optional.empty(),
            List.of("remote://nope/x.txt"),
            List.of(),
            List.of(),
            false,
            Optional.empty());
    assertThatThrownBy(() -> new StageEditor(pipeline(), here).add(added, false))
        .isInstanceOf(ConfigException.class);
  }

  @Test
  void onlyAStageThatReadsAUrlAsksAServer() throws IOException {
    Files.writeString(here.resolve("in"), "x");
    stage("in");
    var silent = Pipeline.open(here, UrlContents.NONE);
    silent.reproduce(ReproOptions.DEFAULT, new ReproListener() {});
    assertThat(silent.status(List.of())).isEqualTo(Map.of());
  }
}
