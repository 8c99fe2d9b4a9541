package io.mlopscore.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlopscore.model.Range;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProjectTest {
  @TempDir Path folder;

  @Test
  void namesTheModelAndItsRanges() throws IOException {
    var project =
        project(
            """
            model:
              name: Wine
              alias: champion
              experiment: wine
              ranges: {alcohol: [0, 20.5]}
            serving:
              title: Wine
            """);
    assertThat(project.model().name()).isEqualTo("Wine");
    assertThat(project.model().ranges()).containsEntry("alcohol", new Range(0, 20.5));
    assertThat(project.serving()).containsEntry("title", "Wine");
  }

  @Test
  void missingFileSaysWhereToGo() {
    assertThatThrownBy(() -> Project.open(folder))
        .hasMessageContaining("mlops.yaml: not found")
        .hasMessageContaining("examples/iris");
  }

  @Test
  void unknownKeyIsNamed() {
    assertThatThrownBy(() -> project("model: {name: a, alias: b, experiment: c, rangs: {}}"))
        .hasMessageContaining("model.rangs: unknown key; known are name, alias");
  }

  @Test
  void rangeThatIsNoPairIsNamed() {
    assertThatThrownBy(() -> project("model: {name: a, alias: b, experiment: c, ranges: {x: 3}}"))
        .hasMessageContaining("model.ranges.x: '3' must be [smallest, largest]");
  }

  @Test
  void brokenYamlNamesTheLine() {
    assertThatThrownBy(() -> project("model: [")).hasMessageContaining("line 1");
  }

  private Project project(String text) throws IOException {
    Files.writeString(folder.resolve("mlops.yaml"), text);
    return Project.open(folder);
  }
}
