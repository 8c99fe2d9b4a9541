package io.mlopscore.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

class ProjectTemplateTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "../x", "a/b", "x: y", "a\nb", "$(id)", "true", "1st", "-x"})
  void namesThatWouldBecomeSomethingElseAreRefused(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ProjectTemplate(name, "data/data.csv", "kind"))
        .withMessageContaining("--name");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/etc/passwd",
        "../x.csv",
        "a/../../x",
        "a b.csv",
        "x;id",
        "-rf",
        "a\nb",
        "a/"
      })
  void tablesAreWithinTheProject(String data) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ProjectTemplate("Model", data, "kind"))
        .withMessageContaining("--data");
  }

  @ParameterizedTest
  @ValueSource(strings = {"kind", "no", "size: [cm]", "it's", "Qualität (1-10)", "12", "%NAME%"})
  void columnsAreCalledAsTheTableHasThem(String target) throws IOException {
    var params = new ProjectTemplate("Model", "data.csv", target).settings().get("params.yaml");
    var root = (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(params);
    assertThat((Map<?, ?>) root.get("data")).extracting("target").isEqualTo(target);
  }

  @Test
  void columnsHaveNoControlCharacters() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ProjectTemplate("Model", "data.csv", "a\nb: c"))
        .withMessage("--target: 'a?b: c' is no name of a column");
  }

  @Test
  void everyPlaceholderIsFilled() throws IOException {
    new ProjectTemplate("Model", "data.csv", "kind")
        .tabular(true, true)
        .forEach((file, text) -> assertThat(text).as(file).doesNotContainPattern("%[A-Z]+%"));
  }

  @Test
  void filesThatAreThereStayUnlessTheyAreToGo() throws IOException {
    Files.writeString(folder.resolve("README.md"), "mine");
    assertThat(write(false)).isEqualTo("kept README.md, which was there\n");
    assertThat(folder.resolve("README.md")).hasContent("mine");

    assertThat(write(true)).isEqualTo("replaced README.md\n");
    assertThat(folder.resolve("README.md")).hasContent("new");
  }

  @Test
  void linksAreReplacedAndNotFollowed() throws IOException {
    var elsewhere = Files.writeString(folder.resolve("elsewhere"), "precious");
    Files.createSymbolicLink(folder.resolve("README.md"), elsewhere);
    write(true);
    assertThat(elsewhere).hasContent("precious");
    assertThat(folder.resolve("README.md")).hasContent("new").isRegularFile();
  }

  @Test
  void nothingIsWrittenThroughAFolderThatLeadsOut(@TempDir Path outside) throws IOException {
    Files.createSymbolicLink(folder.resolve(".github"), outside);
    var files = new ProjectFiles(folder, true, System.out);
    assertThat(catchThrowable(() -> files.write(Map.of(".github/dependabot.yml", "new"))))
        .hasMessageContaining("leads out of the project");
    assertThat(outside).isEmptyDirectory();
  }

  private String write(boolean replace) throws IOException {
    var said = new ByteArrayOutputStream();
    var out = new PrintStream(said, true, StandardCharsets.UTF_8);
    new ProjectFiles(folder, replace, out).write(Map.of("README.md", "new"));
    return said.toString(StandardCharsets.UTF_8);
  }
}
