package io.mlopscore.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `cache.shared` makes of folders and files.
class SharedFoldersTest {
  @TempDir Path folder;

  private static int mode(Path path) throws IOException {
    return (int) Files.getAttribute(path, "unix:mode") & 07777;
  }

  @Test
  void foldersWithinASharedOneAreShared() throws IOException {
    var cache = folder.resolve("cache");
    SharedFolders.share(cache);
    ObjectFiles.on(cache)
        .place(cache.resolve("files/md5/ab/cd"), true, out -> assertThat(out.isOpen()).isTrue());
    for (var made : new String[] {"", "files", "files/md5", "files/md5/ab"}) {
      assertThat(mode(cache.resolve(made))).as(made).isEqualTo(02775);
    }
    assertThat(mode(cache.resolve("files/md5/ab/cd"))).isEqualTo(0444);
  }

  @Test
  void othersStayAsTheUmaskHasThem() throws IOException {
    SharedFolders.make(folder.resolve("a/b"));
    assertThat(mode(folder.resolve("a/b")))
        .isEqualTo(mode(Files.createDirectory(folder.resolve("c"))));
  }
}
