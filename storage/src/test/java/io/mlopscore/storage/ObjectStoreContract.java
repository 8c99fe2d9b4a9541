package io.mlopscore.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
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
}
