package io.mlopscore.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ObjectFilesTest {
  private static final List<String> SAME = List.of("first", "second", "third", "fourth");

  @TempDir Path root;

  /// Whoever comes second must not write before the first has made the folder.
  @Test
  void filesOfOneNewFolderCanArriveAtTheSameMoment() throws Exception {
    for (int round = 0; round < 300; round++) {
      var folder = root.resolve(Integer.toString(round)).resolve("ab");
      var files = ObjectFiles.on(root);

      Parallel.local()
          .forEach(
              SAME,
              name ->
                  files.place(
                      folder.resolve(name),
                      true,
                      out -> out.write(ByteBuffer.wrap(name.getBytes(UTF_8)))));

      assertThat(folder.toFile().list()).containsExactlyInAnyOrderElementsOf(SAME);
    }
  }
}
