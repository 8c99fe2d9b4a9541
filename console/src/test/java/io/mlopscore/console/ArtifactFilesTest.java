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

  @Test
  void pagesShowTextsTablesAndPictures() throws Exception {
    keep("a/data.csv", "name,n\n\"x, y\",1\n<b>,2\n");
    keep("a/facts.json", "{\"a\":[1,\"<i>\"]}");
    keep("a/page.html", "<script>alert(1)</script>");
    keep("a/plot.svg", "<svg onload='alert(1)'/>");
    keep("a/model.bin", "\0\1");

    assertThat(shown("a/data.csv"))
        .contains("<th>name</th>", "<td class=\"\">x, y</td>", "&lt;b&gt;")
        .contains("<td class=\"number\">1</td>");
    assertThat(shown("a/facts.json")).contains("\"a\" : [ 1, \"&lt;i&gt;\" ]");
    assertThat(shown("a/page.html")).contains("&lt;script&gt;alert(1)");
    assertThat(shown("a/plot.svg")).contains("<img src=\"/runs/" + run + "/artifacts/a/plot.svg\"");
    assertThat(shown("a/model.bin")).contains("This is no text and no picture.");
    assertThat(header(file("a/data.csv?download"), "Content-Disposition")).isEqualTo("attachment");
  }

  @Test
  void ofALongFileThePageShowsTheBeginning() throws Exception {
    keep("long.txt", "täglich\n".repeat(100_000) + "the end");
    assertThat(shown("long.txt"))
        .contains("täglich\n", "This is the beginning")
        .doesNotContain("the end");
  }

  private String shown(String path) throws IOException, InterruptedException {
    var response = console.get("/runs/" + run + "/files/" + path);
    assertThat(response.statusCode()).isEqualTo(200);
    return response.body();
  }
}
