package io.mlopscore.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A folder of another machine keeps the contract; only hosts that are known are spoken to.
final class SshObjectStoreTest implements ObjectStoreContract {
  private static SftpServer server;

  @TempDir private Path directory;
  private Path home;
  private ObjectStore store;

  @BeforeAll
  static void start() throws IOException, GeneralSecurityException {
    server = SftpServer.start();
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
  }

  @BeforeEach
  void open() throws IOException {
    home = server.home(directory.resolve("home"));
    store = connect(SftpServer.PASSWORD);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private ObjectStore connect(String password) throws IOException {
    return ObjectStores.connect(
        "127.0.0.1" + directory.resolve("there"),
        options(Optional.of(server.port()), password),
        Map.of("HOME", home.toString()));
  }

  private static SshOptions options(Optional<Integer> port, String password) {
    return new SshOptions(
        Optional.of("somebody"),
        port,
        Optional.empty(),
        Optional.of(password),
        Optional.empty(),
        false,
        false,
        4,
        Duration.ofSeconds(20));
  }

  @Override
  public ObjectStore store() {
    return store;
  }

  private void put(String key) throws IOException {
    store.put(key, new ByteArrayInputStream("hello".getBytes(UTF_8)), 5);
  }

  @Test
  void aHostThatIsNotKnownIsNotSpokenTo() throws IOException {
    Files.delete(home.resolve(".ssh/known_hosts"));
    assertThatThrownBy(() -> put("a"))
        .isInstanceOf(AccessDeniedException.class)
        .hasMessageContaining("SHA256:")
        .hasMessageContaining("StrictHostKeyChecking accept-new");
    assertThat(directory.resolve("there")).doesNotExist();
  }

  @Test
  void aHostWithAnotherKeyIsNotSpokenTo() throws Exception {
    try (var other = SftpServer.start()) {
      var line =
          Files.readString(other.home(directory.resolve("other")).resolve(".ssh/known_hosts"));
      Files.writeString(
          home.resolve(".ssh/known_hosts"), line.replace("" + other.port(), "" + server.port()));
    }
    Files.writeString(home.resolve(".ssh/config"), "Host *\n  StrictHostKeyChecking accept-new\n");
    store = connect(SftpServer.PASSWORD);
    assertThatThrownBy(() -> put("a")).isInstanceOf(AccessDeniedException.class);
  }

  @Test
  void aNewHostIsRememberedWhereTheSettingsOfSshSaySo() throws IOException {
    var known = Files.readString(home.resolve(".ssh/known_hosts"));
    Files.delete(home.resolve(".ssh/known_hosts"));
    Files.writeString(
        home.resolve(".ssh/config"),
        "Host far\n  HostName 127.0.0.1\n  Port %d\n  StrictHostKeyChecking accept-new\n"
            .formatted(server.port()));
    store =
        ObjectStores.connect(
            "far" + directory.resolve("there"),
            options(Optional.empty(), SftpServer.PASSWORD),
            Map.of("HOME", home.toString()));
    put("a");
    assertThat(home.resolve(".ssh/known_hosts")).hasContent(known.strip());
    assertThat(directory.resolve("there/a")).hasContent("hello");
  }

  @Test
  void aLoginThatIsRefusedSaysWhatToSet() throws IOException {
    store = connect("wrong");
    assertThatThrownBy(() -> put("a"))
        .isInstanceOf(AccessDeniedException.class)
        .hasMessageContaining("set keyfile, password or user")
        .hasMessageNotContaining("wrong");
  }

  @Test
  void aConnectionThatBrokeIsMadeAnew() throws IOException {
    put("a");
    server.hangUp();
    try {
      store.size("a");
    } catch (IOException e) {
      assertThat(e).isNotInstanceOf(java.nio.file.FileSystemException.class); // it may pass
    }
    assertThat(store.size("a")).hasValue(5);
  }

  @Test
  void moreObjectsThanSessionsMoveAtATime() throws Exception {
    var moving = new ArrayList<Future<?>>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 40; i++) {
        var key = "%02d/%d".formatted(i % 3, i);
        moving.add(
            threads.submit(
                () -> {
                  put(key);
                  return key;
                }));
      }
    }
    for (var one : moving) {
      one.get();
    }
    assertThat(store.list("")).hasSize(40);
  }
}
