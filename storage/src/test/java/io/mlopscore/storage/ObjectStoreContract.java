package io.mlopscore.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What every [ObjectStore] does, wherever it keeps the bytes.
interface ObjectStoreContract {
  /// An empty store.
  ObjectStore store();

  private static String text(ObjectStore store, String key) throws IOException {
    try (var in = store.open(key)) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  @Test
  default void whatWasPutCanBeRead(@TempDir Path files) throws IOException {
    store().put("a/b", Files.writeString(files.resolve("x"), "hello"));
    assertThat(store().exists("a/b")).isTrue();
    assertThat(text(store(), "a/b")).isEqualTo("hello");
  }

  @Test
  default void aSecondPutReplacesTheFirst(@TempDir Path files) throws IOException {
    store().put("a", Files.writeString(files.resolve("x"), "one"));
    store().put("a", Files.writeString(files.resolve("x"), "two"));
    assertThat(text(store(), "a")).isEqualTo("two");
  }

  @Test
  default void anEmptyObjectIsAnObject(@TempDir Path files) throws IOException {
    store().put("empty", Files.createFile(files.resolve("x")));
    assertThat(store().exists("empty")).isTrue();
    assertThat(text(store(), "empty")).isEmpty();
  }

  @Test
  default void namesMayHoldAnyLetters(@TempDir Path files) throws IOException {
    store().put("é/日本 1", Files.writeString(files.resolve("x"), "hello"));
    assertThat(store().list("é/")).containsExactly("é/日本 1");
  }

  @Test
  default void keysAreListedByPrefixInOrder(@TempDir Path files) throws IOException {
    var file = Files.writeString(files.resolve("x"), "hello");
    for (var key : new String[] {"b/2", "a/1", "a/12", "ab"}) {
      store().put(key, file);
    }
    assertThat(store().list("a/")).containsExactly("a/1", "a/12");
    assertThat(store().list("")).containsExactly("a/1", "a/12", "ab", "b/2");
    assertThat(store().list("none")).isEmpty();
  }

  @Test
  default void aListingTellsSizesAndTimes(@TempDir Path files) throws IOException {
    var before = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    store().put("a/1", Files.writeString(files.resolve("x"), "hello"));
    store().put("a/2", Files.createFile(files.resolve("y")));
    var found = store().summaries("a/");
    assertThat(found).extracting(ObjectSummary::key).containsExactly("a/1", "a/2");
    assertThat(found).extracting(ObjectSummary::size).containsExactly(5L, 0L);
    assertThat(found)
        .allSatisfy(
            object -> assertThat(object.modified().orElseThrow()).isBetween(before, Instant.now()));
    assertThat(store().summaries("none")).isEmpty();
  }

  @Test
  default void aDeletedObjectIsGoneAndCanBeDeletedAgain(@TempDir Path files) throws IOException {
    store().put("a", Files.writeString(files.resolve("x"), "hello"));
    store().delete("a");
    store().delete("a");
    assertThat(store().exists("a")).isFalse();
    assertThat(store().list("")).isEmpty();
  }

  @Test
  default void anObjectThatIsNotThereCannotBeOpened() throws IOException {
    assertThat(store().exists("none")).isFalse();
    assertThatThrownBy(() -> store().open("none")).isInstanceOf(NoSuchFileException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/a", "a//b", "a/", "../a", "a/./b", "a\\b"})
  default void aKeyThatCouldLeaveTheStoreIsRefused(String key) {
    assertThatThrownBy(() -> store().exists(key)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  default void aPartOfAnObjectCanBeRead(@TempDir Path files) throws IOException {
    store().put("a", Files.writeString(files.resolve("x"), "0123456789"));
    try (var middle = store().open("a", 3, 4);
        var rest = store().open("a", 8, 100)) {
      assertThat(new String(middle.readAllBytes(), UTF_8)).isEqualTo("3456");
      assertThat(new String(rest.readAllBytes(), UTF_8)).isEqualTo("89");
    }
  }

  @Test
  default void aStreamOfUnknownLengthIsStored() throws IOException {
    store().put("a/b", new ByteArrayInputStream("hello".getBytes(UTF_8)), -1);
    assertThat(text(store(), "a/b")).isEqualTo("hello");
    assertThat(store().size("a/b")).hasValue(5);
    assertThat(store().size("a")).isEmpty();
  }

  @Test
  default void aStreamThatBreaksLeavesNothing() throws IOException {
    var broken =
        new SequenceInputStream(
            new ByteArrayInputStream(bytes(9 << 20)),
            new InputStream() {
              @Override
              public int read() throws IOException {
                throw new IOException("the line is cut");
              }

              @Override
              public int read(byte[] into, int offset, int length) throws IOException {
                return read();
              }
            });
    assertThatThrownBy(() -> store().put("a", broken, -1)).hasMessageContaining("the line is cut");
    assertThatThrownBy(() -> store().put("b", new ByteArrayInputStream(bytes(3)), 4))
        .isInstanceOf(EOFException.class);
    assertThat(store().list("")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {8 << 20, (20 << 20) + 1})
  default void largeObjectsComeBackWhole(int size, @TempDir Path files) throws IOException {
    var content = bytes(size);
    store().put("stream", new ByteArrayInputStream(content), size);
    store().put("unknown", new ByteArrayInputStream(content), -1);
    store().put("file", Files.write(files.resolve("x"), content));
    for (var key : List.of("stream", "unknown", "file")) {
      try (var in = store().open(key)) {
        assertThat(in.readAllBytes()).as(key).isEqualTo(content);
      }
    }
  }

  private static byte[] bytes(int size) {
    var bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }

  @Test
  default void childrenAreTheDirectOnes(@TempDir Path files) throws IOException {
    var file = Files.writeString(files.resolve("x"), "hello");
    for (var key : new String[] {"m/b/deep/1", "m/b/2", "m/a b+c.txt", "mm/3"}) {
      store().put(key, file);
    }
    assertThat(store().children("m"))
        .containsExactly(new StoredEntry("a b+c.txt", false, 5), new StoredEntry("b", true, 0));
    assertThat(store().children("")).extracting(StoredEntry::name).containsExactly("m", "mm");
    assertThat(store().children("none")).isEmpty();
  }

  @Test
  default void aFolderIsDeletedWithAllInIt(@TempDir Path files) throws IOException {
    var file = Files.writeString(files.resolve("x"), "hello");
    for (var key : new String[] {"m/b/1", "m/2", "mm/3"}) {
      store().put(key, file);
    }
    store().deleteFolder("m");
    store().deleteFolder("m");
    assertThat(store().list("")).containsExactly("mm/3");
  }
}
