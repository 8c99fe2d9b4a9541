package io.mlopscore.storage;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A server that is down is named, whatever it keeps.
@NullUnmarked
final class UnreachableServerTest {
  private String address;

  @BeforeEach
  void nobodyListens() throws IOException {
    try (var socket = new ServerSocket(0)) {
      address = "http://127.0.0.1:" + socket.getLocalPort();
    }
  }

  private void assertNamed(ObjectStore store) throws IOException {
    try (store) {
      assertThatThrownBy(() -> store.size("a"))
          .isInstanceOf(IOException.class)
          .hasMessageContaining(address + ": ");
    }
  }

  @Test
  void aWebServerToReadFromAndToWriteTo(@TempDir Path files) throws IOException {
    var file = Files.writeString(files.resolve("a"), "a");
    assertNamed(HttpObjectStore.connect(address, HttpOptions.NONE));
    try (var store = HttpObjectStore.connect(address, HttpOptions.NONE)) {
      assertThatThrownBy(() -> store.put("a", file)).hasMessageContaining(address + ": ");
    }
  }

  @Test
  void cloudStorage() throws IOException {
    var http =
        new GcsHttp(
            HttpClient.newHttpClient(),
            URI.create(address),
            Optional.empty(),
            Duration.ofMillis(1),
            Duration.ofSeconds(2));
    assertNamed(new GcsObjectStore(http, "bucket"));
  }

  @Test
  void azure() throws IOException {
    var options =
        new AzureOptions(
            URI.create(address),
            "account",
            Optional.empty(),
            Optional.of("sig=1"),
            Optional.empty(),
            AzureOptions.Timeouts.USUAL);
    assertNamed(AzureObjectStore.connect("container", options));
  }

  @Test
  void s3() throws IOException {
    var environment = Map.of("MLFLOW_S3_ENDPOINT_URL", address, "AWS_REGION", "us-east-1");
    var anonymous =
        new S3Options(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            true,
            Map.of(),
            Map.of(),
            Tls.trusted(),
            S3Options.Timeouts.USUAL);
    assertNamed(S3ObjectStore.connect("bucket", environment, anonymous));
  }
}
