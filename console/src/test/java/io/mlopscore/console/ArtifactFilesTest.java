package io.mlopscore.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files that runs keep, as a browser gets them.
final class ArtifactFilesTest {
  @TempDir private Path directory;
  private ServedConsole console;
  private String run;

  @BeforeEach
  void serve() {
    console = new ServedConsole(directory);
    run = console.run("0", "one", Map.of(), Map.of());
  }

  @AfterEach
  void stop() {
    console.close();
  }

  private void keep(String path, String content) throws IOException {
    var source = Files.writeString(directory.resolve("source"), content);
    var uri = console.tracking().store().run(run).info().artifactUri();
    console.tracking().artifacts().upload(source, uri + "/" + path);
  }

  private HttpResponse<String> file(String path) throws IOException, InterruptedException {
    return console.get("/runs/" + run + "/artifacts/" + path);
  }

  private static String header(HttpResponse<String> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }

  @Test
  void runPageLinksFilesInFoldersAndShowsPictures() throws Exception {
    keep("plots/confusion matrix.png", "png");
    keep("notes.txt", "hello");

    assertThat(console.get("/runs/" + run).body())
        .contains("href=\"/runs/" + run + "/artifacts/notes.txt\"")
        .contains("<img src=\"/runs/" + run + "/artifacts/plots/confusion%20matrix.png\"");
    assertThat(file("plots/confusion%20matrix.png").body()).isEqualTo("png");
  }

  @Test
  void textIsShownAsTextAndNothingElse() throws Exception {
    keep("notes.txt", "<script>alert(1)</script>");
    var response = file("notes.txt");
    assertThat(header(response, "Content-Type")).isEqualTo("text/plain; charset=utf-8");
    assertThat(header(response, "X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(header(response, "Content-Security-Policy")).contains("sandbox");
  }

  @Test
  void pagesAndOtherFilesAreSavedAndNeverShown() throws Exception {
    for (var name : List.of("page.html", "model.onnx", "page.xhtml", "nothing")) {
      keep(name, "<script>alert(1)</script>");
      var response = file(name);
      assertThat(header(response, "Content-Type")).isEqualTo("application/octet-stream");
      assertThat(header(response, "Content-Disposition")).isEqualTo("attachment");
    }
  }

  @Test
  void nothingOutsideOfTheRunCanBeReached() throws Exception {
    keep("notes.txt", "hello");
    for (var path :
        List.of(
            "..%2F..%2F..%2F..%2Fmlflow.db",
            "../../../../mlflow.db",
            "%2e%2e/%2e%2e/%2e%2e/%2e%2e/mlflow.db",
            "..%5c..%5cmlflow.db",
            "%252e%252e/%252e%252e/mlflow.db",
            "/etc/hostname",
            "%2Fetc%2Fhostname",
            "notes.txt%00.png")) {
      assertThat(file(path).statusCode()).as(path).isBetween(400, 404);
    }
  }

  @Test
  void aMissingFileIsNotFound() throws Exception {
    assertThat(file("none.txt").statusCode()).isEqualTo(404);
  }
}
