package io.mlopscore.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An index is read as it was written, or not at all.
final class IndexFileTest {
  @TempDir private Path folder;
  private Path path;
  private IndexFile index;

  @BeforeEach
  void index() {
    path = folder.resolve("own/index");
    index = new IndexFile(path, 7);
  }

  @Test
  void whatWasWrittenIsRead() {
    assertThat(index.read()).isEmpty();
    assertThat(index.write(out -> out.writeLong(42))).isTrue();
    assertThat(index.read().orElseThrow().getLong()).isEqualTo(42);
    assertThat(index.write(out -> out.writeLong(43))).isTrue();
    assertThat(index.read().orElseThrow().getLong()).isEqualTo(43);
    assertThat(folder.resolve("own")).isDirectoryNotContaining("glob:**.tmp");
  }

  @Test
  void oneOfAnotherVersionCountsAsAbsent() {
    index.write(out -> out.writeLong(42));
    assertThat(new IndexFile(path, 8).read()).isEmpty();
  }

  @Test
  void oneThatIsDamagedAnywhereCountsAsAbsent() throws IOException {
    index.write(out -> out.writeLong(42));
    var whole = Files.readAllBytes(path);
    for (int i = 0; i < whole.length; i++) {
      Files.write(path, Arrays.copyOf(whole, i));
      assertThat(index.read()).isEmpty();
      var damaged = whole.clone();
      damaged[i] ^= 1;
      Files.write(path, damaged);
      assertThat(index.read()).isEmpty();
    }
  }

  @Test
  void oneThatCannotBeWrittenFailsNoCommand() throws IOException {
    Files.createFile(folder.resolve("own"));
    assertThat(index.write(out -> out.writeLong(42))).isFalse();
    assertThat(index.read()).isEmpty();
  }
}
