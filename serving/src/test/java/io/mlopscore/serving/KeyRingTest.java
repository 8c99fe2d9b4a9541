package io.mlopscore.serving;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlopscore.tracking.observability.TraceName;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Keys come and go with the lines of their file, and an accident with it opens nothing.
class KeyRingTest {
  private static final Duration NEVER = Duration.ofDays(1);

  @TempDir Path folder;
  private final ByteArrayOutputStream output = new ByteArrayOutputStream();
  private Path file;
  private ServingLog log;

  @BeforeEach
  void start() throws IOException {
    file = folder.resolve("keys");
    write("one");
    log = new ServingLog(output, ServingLog.Level.INFO, Clock.systemUTC(), new TraceName(""));
    log.start();
  }

  @Test
  void aNewLineIsAKeyAndAGoneLineIsNone() throws IOException {
    try (var ring = ring()) {
      assertThat(opens(ring, "two")).isFalse();
      write("one", "two");
      ring.check();
      assertThat(opens(ring, "one") && opens(ring, "two")).isTrue();
      write("two");
      ring.check();
      assertThat(opens(ring, "one")).isFalse();
      assertThat(opens(ring, "given")).as("a key of API_KEY").isTrue();
    }
    assertThat(told()).contains("keys_loaded").doesNotContain(digest("two"));
  }

  @Test
  void aFileThatIsGoneOrWrongChangesNothingAndIsToldOnce() throws IOException {
    try (var ring = ring()) {
      Files.writeString(file, "no keys at all\n");
      ring.check();
      ring.check();
      assertThat(opens(ring, "one")).isTrue();
      Files.delete(file);
      ring.check();
      assertThat(opens(ring, "one")).isTrue();
    }
    var told = told();
    assertThat(told.lines().filter(line -> line.contains("keys_refused"))).hasSize(2);
    assertThat(told).contains("cannot be read: it does not exist");
  }

  @Test
  void anEmptyFileDoesNotOpenTheDoor() throws IOException {
    try (var ring =
        new KeyRing(new KeySource(ApiKeys.parse("", 1), Optional.of(file)), log, NEVER)) {
      write();
      ring.check();
      assertThat(ring.keys().isEmpty()).isFalse();
      assertThat(opens(ring, "one")).isTrue();
    }
  }

  private KeyRing ring() {
    return new KeyRing(new KeySource(ApiKeys.parse("given", 1), Optional.of(file)), log, NEVER);
  }

  private static boolean opens(KeyRing ring, String key) {
    return ring.keys().find(key).isPresent();
  }

  private void write(String... keys) throws IOException {
    var lines = new StringBuilder();
    for (var key : keys) {
      lines.append("id-").append(key).append(' ').append(digest(key)).append('\n');
    }
    Files.writeString(file, lines);
  }

  private static String digest(String key) {
    return HexFormat.of().formatHex(ApiKey.digest(key));
  }

  private String told() {
    log.close();
    return output.toString(StandardCharsets.UTF_8);
  }
}
