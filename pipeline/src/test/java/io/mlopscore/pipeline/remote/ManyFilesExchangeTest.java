package io.mlopscore.pipeline.remote;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.mlopscore.pipeline.DataStore;
import io.mlopscore.pipeline.Md5;
import io.mlopscore.pipeline.Pipeline;
import io.mlopscore.pipeline.Repository;
import io.mlopscore.pipeline.Trees;
import io.mlopscore.pipeline.remote.DataExchange.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// So many files that what a cache and a remote were seen to hold is not looked for again while
/// nothing comes or goes there.
final class ManyFilesExchangeTest {
  private static final int FILES = 10_001;

  @TempDir static Path folder;
  private static Path root;

  @BeforeAll
  static void manyFilesAreTracked() throws IOException {
    root = Files.createDirectory(folder.resolve("repo"));
    Files.createDirectory(root.resolve("many"));
    Repository.init(root);
    Files.writeString(
        root.resolve(".dvc/config"),
        "[core]\nremote = store\n['remote \"store\"']\nurl = ../../store\n");
    for (int i = 0; i < FILES; i++) {
      Files.writeString(root.resolve("many/" + i), "file " + i);
    }
    new DataStore(Pipeline.open(root)).add(List.of(root.resolve("many")));
  }

  @BeforeEach
  void allIsWhereItShouldBe() throws Exception {
    push();
    Thread.sleep(200); // a change after this one has another time
    assertThat(push()).isEqualTo(Result.NOTHING);
    assertThat(fetch()).isEqualTo(Result.NOTHING);
  }

  @Test
  void whatWentFromTheRemoteIsPushedAgain() throws IOException {
    assertThat(push()).isEqualTo(Result.NOTHING);

    Files.delete(folder.resolve("store").resolve(key()));

    assertThat(push().moved()).isEqualTo(1);
    assertThat(folder.resolve("store").resolve(key())).hasContent("file 7");
  }

  @Test
  void whatWentFromTheCacheIsFetchedAgain() throws IOException {
    assertThat(fetch()).isEqualTo(Result.NOTHING);

    Files.delete(root.resolve(".dvc/cache").resolve(key()));

    assertThat(fetch().moved()).isEqualTo(1);
    assertThat(root.resolve(".dvc/cache").resolve(key())).hasContent("file 7");
  }

  @Test
  void aCacheThatGoesTwiceIsFetchedTwice() throws IOException {
    for (int i = 0; i < 2; i++) {
      Trees.remove(root.resolve(".dvc/cache"));

      assertThat(fetch().moved()).isEqualTo(FILES + 1);
    }
  }

  @Test
  void aRemoteThatWasMadeAnewGetsAll() throws IOException {
    Files.move(folder.resolve("store"), folder.resolve("old"));

    assertThat(push().moved()).isEqualTo(FILES + 1);
  }

  /// Where nobody has the listing, nobody knows the files: that is not remembered as complete.
  @Test
  void aListingThatIsLackingDoesNotCountAsComplete() throws IOException {
    var object = folder.resolve("store").resolve(key());
    Files.delete(object);
    var listing = root.resolve(".dvc/cache").resolve(listing());
    var kept = Files.move(listing, folder.resolve("listing"));
    assertThat(push()).isEqualTo(Result.NOTHING);

    Files.move(kept, listing);

    assertThat(push().moved()).isEqualTo(1);
  }

  private static String listing() throws IOException {
    var definition = Files.readString(root.resolve("many.dvc"));
    var at = definition.indexOf("md5: ") + 5;
    return key(definition.substring(at, definition.indexOf(".dir", at) + 4));
  }

  private static String key() {
    return key(Md5.of("file 7".getBytes(UTF_8)));
  }

  private static String key(String hash) {
    return "files/md5/" + hash.substring(0, 2) + "/" + hash.substring(2);
  }

  private static Result push() throws IOException {
    return exchange().push(Selection.of(List.of()), false);
  }

  private static Result fetch() throws IOException {
    return exchange().fetch(Selection.of(List.of()), false);
  }

  private static DataExchange exchange() throws IOException {
    return new DataExchange(
        Pipeline.open(root), Optional.empty(), OptionalInt.of(2), new Progress(), _ -> {});
  }
}
