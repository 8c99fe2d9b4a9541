package io.mlopscore.storage;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.auth.ServiceAccountSigner;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A bucket of Cloud Storage keeps the contract, also where the server is busy now and then.
@NullUnmarked
final class GcsObjectStoreTest implements ObjectStoreContract {
  private FakeGcs server;
  private ObjectStore store;

  @BeforeEach
  void start() {
    server = new FakeGcs();
    var http =
        new GcsHttp(
            HttpClient.newHttpClient(),
            URI.create(server.address()),
            Optional.empty(),
            Duration.ofMillis(1),
            Duration.ofSeconds(60));
    store = new GcsObjectStore(http, "bucket");
  }

  @AfterEach
  void stop() {
    store.close();
    server.close();
  }

  @Override
  public ObjectStore store() {
    return store;
  }

  @Test
  void aBrokenUploadIsGivenUp() throws IOException {
    aStreamThatBreaksLeavesNothing();
    assertThat(server.sessions).isEmpty();
  }

  @Test
  void whoHasNoKeyCannotSign() {
    assertThat(store().signedTransfers()).isEmpty();
  }

  /// The string to sign as the description of the process puts it together.
  @Test
  void urlsAreSignedByTheV4Process() {
    var signed = new ArrayList<String>();
    var account = new RecordingSigner(signed);
    var clock = Clock.fixed(Instant.parse("2026-11-23T09:00:00Z"), ZoneOffset.UTC);
    var signer = new GcsSigner(URI.create("https://storage.googleapis.com"), account, clock);
    var url =
        signer.sign(
            "PUT",
            "/bucket/a%20b",
            Map.of("Content-Type", "text/plain"),
            Map.of(),
            Duration.ofMinutes(15));
    assertThat(url.url().toString())
        .isEqualTo(
            "https://storage.googleapis.com/bucket/a%20b?X-Goog-Algorithm=GOOG4-RSA-SHA256"
                + "&X-Goog-Credential=me%40example.com%2F20261123%2Fauto%2Fstorage%2Fgoog4_request"
                + "&X-Goog-Date=20261123T090000Z&X-Goog-Expires=900"
                + "&X-Goog-SignedHeaders=content-type%3Bhost&X-Goog-Signature=0102");
    assertThat(signed.getFirst())
        .startsWith("GOOG4-RSA-SHA256\n20261123T090000Z\n20261123/auto/storage/goog4_request\n");
    assertThat(url.headers()).containsEntry("Content-Type", "text/plain");
  }

  private record RecordingSigner(ArrayList<String> signed) implements ServiceAccountSigner {
    @Override
    public String getAccount() {
      return "me@example.com";
    }

    @Override
    public byte[] sign(byte[] bytes) {
      signed.add(new String(bytes, StandardCharsets.UTF_8));
      return new byte[] {1, 2};
    }
  }
}
