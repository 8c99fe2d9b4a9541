package io.mlopscore.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InitTest {
  @TempDir Path folder;

  @Test
  void newProjectReadsWell() throws Exception {
    assertThat(init("--name", "Wine", "--data", "wine.csv", "--target", "grape")).isZero();

    assertThat(Project.open(folder).model().name()).isEqualTo("Wine");
    assertThat(folder.resolve("params.yaml")).content().contains("target: grape");
    assertThat(folder.resolve("dvc.yaml")).content().contains("mlops data split wine.csv");
    assertThat(folder.resolve(".dvc/config")).exists();
  }

  @Test
  void filesThatAreThereStay() throws Exception {
    Files.writeString(folder.resolve("mlops.yaml"), "mine");
    assertThat(init("--data", "x.csv")).isZero();
    assertThat(folder.resolve("mlops.yaml")).hasContent("mine");
  }

  @Test
  void tableThatIsThereIsCheckedBeforeAnythingIsWritten() throws Exception {
    Files.writeString(folder.resolve("x.csv"), "size,color,kind\n1,red,a\n2,blue,b\n");
    assertThat(init("--data", "x.csv", "--target", "kind")).isEqualTo(1);
    assertThat(folder.resolve("../init.log"))
        .content()
        .contains("line 2, column 'color': 'red' is not a finite number (2 of 2 rows)")
        .contains("Nothing was written.");
    assertThat(folder.resolve("params.yaml")).doesNotExist();

    Files.writeString(folder.resolve("x.csv"), "size,kind\n" + "1,a\n2,b\n".repeat(3));
    assertThat(init("--data", "x.csv", "--target", "kind")).isZero();
    assertThat(folder.resolve("../init.log")).content().contains("Now: mlops up");
    assertThat(folder.resolve("params.yaml")).content().contains("test_size: 0.2\n");
  }

  @Test
  void withoutOptionsItIsWhatDvcMakes() throws Exception {
    assertThat(init("--no-scm")).isZero();
    assertThat(folder.resolve(".dvc/config")).hasContent("[core]\n    no_scm = True\n");
    assertThat(folder.resolve("dvc.yaml")).doesNotExist();
    assertThat(init("--no-scm")).isEqualTo(1);
    assertThat(init("--no-scm", "-f")).isZero();
    assertThat(init("-f")).as("not under git").isEqualTo(1);
  }

  private int init(String... options) throws Exception {
    var arguments = new String[options.length + 1];
    arguments[0] = "init";
    System.arraycopy(options, 0, arguments, 1, options.length);
    var log = folder.resolve("../init.log").toFile();
    return MlopsProcess.of(folder, arguments)
        .redirectErrorStream(true)
        .redirectOutput(log)
        .start()
        .waitFor();
  }
}
