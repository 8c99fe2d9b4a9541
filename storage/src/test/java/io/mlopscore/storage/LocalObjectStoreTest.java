package io.mlopscore.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A directory keeps the contract, and nothing leads out of it.
final class LocalObjectStoreTest implements ObjectStoreContract {
  @TempDir private Path directory;

  @Override
  public ObjectStore store() {
    return LocalObjectStore.durable(directory.resolve("store"));
  }

  @Test
  void aLinkThatLeadsOutIsNotFollowed() throws IOException {
    var secret = Files.writeString(directory.resolve("secret.txt"), "secret");
    var root = Files.createDirectories(directory.resolve("store"));
    Files.createSymbolicLink(root.resolve("file"), secret);
    Files.createSymbolicLink(root.resolve("folder"), directory);
    Files.createSymbolicLink(root.resolve("nowhere"), directory.resolve("new"));
    for (var key : new String[] {"file", "folder/secret.txt", "nowhere", "folder/new"}) {
      assertThatThrownBy(() -> store().open(key)).isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> store().put(key, new ByteArrayInputStream(new byte[1]), 1))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> store().deleteFolder("folder"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(store().children("")).isEmpty();
    assertThat(store().list("")).isEmpty();
    assertThat(secret).hasContent("secret");
  }

  @Test
  void aLinkThatStaysInsideIsFollowed() throws IOException {
    store().put("a/b", new ByteArrayInputStream("hello".getBytes(UTF_8)), 5);
    Files.createSymbolicLink(directory.resolve("store/link"), directory.resolve("store/a"));
    assertThat(store().size("link/b")).hasValue(5);
  }

  @Test
  void filesOfOneNewFolderCanArriveAtTheSameMoment() throws Exception {
    for (int round = 0; round < 500; round++) {
      var store = new LocalObjectStore(directory.resolve("new" + round));
      var together = new CyclicBarrier(4);
      try (var threads = Executors.newFixedThreadPool(4)) {
        var arriving = new ArrayList<Future<?>>();
        for (var key : List.of("a/b/1", "a/b/2", "a/c/3", "a/d")) {
          arriving.add(
              threads.submit(
                  () -> {
                    together.await();
                    store.put(key, new ByteArrayInputStream(new byte[1]), 1);
                    return key;
                  }));
        }
        for (var one : arriving) {
          one.get();
        }
      }
    }
  }
}
