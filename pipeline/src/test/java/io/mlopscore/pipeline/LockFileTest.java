package io.mlopscore.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlopscore.pipeline.yaml.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A lock file changes only where a stage changed.
final class LockFileTest {
  @TempDir private Path folder;

  private static Stage stage(Path folder, String name) {
    return new Stage(
        name,
        folder.resolve("dvc.yaml"),
        name,
        folder,
        new Command.Script("true"),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        false,
        false,
        "",
        Value.none());
  }

  private static LockEntry entry(String command) {
    return new LockEntry(Value.of(command), Map.of(), Map.of(), Map.of());
  }

  private Path file() {
    return folder.resolve("dvc.lock");
  }

  private String put(String name, String command) throws IOException {
    var lock = LockFile.read(file());
    lock.put(stage(folder, name), entry(command), 0);
    lock.write();
    return Files.readString(file());
  }

  @Test
  void anEntryIsReplacedInPlaceAndOthersKeepTheirBytes() throws IOException {
    Files.writeString(
        file(),
        """
        schema: '2.0'
        stages:
          a:
            cmd:   "odd"
            deps: [{path: x}]
          b:
            cmd: old
          'c':
            cmd: c
        """);
    assertThat(put("b", "new"))
        .isEqualTo(
            """
            schema: '2.0'
            stages:
              a:
                cmd:   "odd"
                deps: [{path: x}]
              b:
                cmd: new
              'c':
                cmd: c
            """);
    assertThat(put("d", "d")).endsWith("  'c':\n    cmd: c\n  d:\n    cmd: d\n");
  }

  @Test
  void aFileInAnotherLayoutIsLaidOutAnew() throws IOException {
    Files.writeString(file(), "stages: {a: {cmd: x}}\nschema: '2.0'\n");
    assertThat(put("b", "y"))
        .isEqualTo("schema: '2.0'\nstages:\n  a:\n    cmd: x\n  b:\n    cmd: y\n");
  }

  @Test
  void whatAnotherProcessWroteMeanwhileIsKept() throws IOException {
    put("a", "x");
    var lock = LockFile.read(file());
    put("other", "y");
    lock.refresh();
    lock.put(stage(folder, "b"), entry("z"), 0);
    lock.write();
    assertThat(Files.readString(file())).contains("a:", "other:", "b:");
  }

  @Test
  void newEntriesStandInTheOrderOfTheirRankHoweverTheyCame() throws IOException {
    put("old", "x");
    var lock = LockFile.read(file());
    lock.put(stage(folder, "third"), entry("x"), 3);
    lock.put(stage(folder, "first"), entry("x"), 1);
    lock.put(stage(folder, "second"), entry("x"), 2);
    lock.write();
    assertThat(Files.readString(file()).lines().filter(line -> line.matches("  \\w+:")))
        .containsExactly("  old:", "  first:", "  second:", "  third:");
  }

  @Test
  void anotherSchemaConflictsAndDuplicatesAreRefused() throws IOException {
    for (var text :
        List.of(
            "schema: '1.0'\nstages:\n  a:\n    cmd: x\n",
            "schema: '2.0'\nstages:\n<<<<<<< HEAD\n  a:\n    cmd: x\n=======\n",
            "schema: '2.0'\nstages:\n  a:\n    cmd: x\n  a:\n    cmd: y\n")) {
      Files.writeString(file(), text);
      assertThatThrownBy(() -> LockFile.read(file()))
          .isInstanceOf(RuntimeException.class)
          .hasMessageContaining("dvc.lock");
    }
  }
}
