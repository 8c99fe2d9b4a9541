package io.mlopscore.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlopscore.storage.SignedTransfers.UploadedPart;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A bucket of a server that speaks S3's protocol keeps the contract.
@NullUnmarked
final class S3ObjectStoreTest implements ObjectStoreContract {
  private FakeS3 server;
  private ObjectStores stores;

  @BeforeEach
  void start() {
    System.setProperty("aws.accessKeyId", "somebody");
    System.setProperty("aws.secretAccessKey", "secret");
    server = new FakeS3();
    stores = new ObjectStores(Map.of("MLFLOW_S3_ENDPOINT_URL", server.address()));
  }

  @AfterEach
  void stop() {
    stores.close();
    server.close();
    System.clearProperty("aws.accessKeyId");
    System.clearProperty("aws.secretAccessKey");
  }

  @Override
  public ObjectStore store() {
    return stores.open("s3://bucket").store();
  }

  @Test
  void aBrokenUploadIsGivenUp() throws IOException {
    aStreamThatBreaksLeavesNothing();
    assertThat(server.uploads).isEmpty();
  }

  @Test
  void partsGoDirectlyToTheBucket() throws Exception {
    var signed = store().signedTransfers().orElseThrow();
    var upload = signed.begin("a/größe", 2, Duration.ofMinutes(1));
    var parts = new ArrayList<UploadedPart>();
    for (var part : upload.parts()) {
      var number = parts.size() + 1;
      parts.add(new UploadedPart(number, put(part.url().toString(), "part " + number + ";")));
    }
    signed.complete("a/größe", upload.id(), parts);
    var url = signed.download("a/größe", Duration.ofMinutes(1)).url();
    assertThat(url.getQuery()).contains("X-Amz-Signature", "X-Amz-Expires=60", "attachment");
    try (var http = HttpClient.newHttpClient()) {
      var answer = http.send(HttpRequest.newBuilder(url).build(), BodyHandlers.ofString());
      assertThat(answer.body()).isEqualTo("part 1;part 2;");
    }
  }

  private static String put(String url, String body) throws Exception {
    try (var http = HttpClient.newHttpClient()) {
      var request =
          HttpRequest.newBuilder(java.net.URI.create(url)).PUT(BodyPublishers.ofString(body));
      var answer = http.send(request.build(), BodyHandlers.discarding());
      return answer.headers().firstValue("ETag").orElseThrow();
    }
  }

  @Test
  void everyVersionStaysToBeRead(@TempDir Path folder) throws IOException {
    server.keepsVersions = true;
    var versions = store().versions().orElseThrow();
    assertThat(versions.areKept()).isTrue();
    assertThat(versions.latest("a/größe")).isEmpty();
    var old = versions.put("a/größe", Files.writeString(folder.resolve("f"), "old"));
    var now = versions.put("a/größe", Files.writeString(folder.resolve("f"), "now"));
    assertThat(old.id()).isNotEmpty().isNotEqualTo(now.id());
    assertThat(versions.latest("a/größe").orElseThrow().id()).isEqualTo(now.id());
    try (var content = versions.open("a/größe", old.id(), 1)) {
      assertThat(content).hasBinaryContent("ld".getBytes(UTF_8));
    }
  }

  @Test
  void aLargeObjectHasAVersionToo(@TempDir Path folder) throws IOException {
    server.keepsVersions = true;
    var versions = store().versions().orElseThrow();
    var large = Files.write(folder.resolve("f"), new byte[S3Parts.SIZE + 1]);
    var version = versions.put("large", large);
    assertThat(version.tag()).isEqualTo("e");
    assertThat(versions.exists("large", version.id())).isTrue();
  }

  @Test
  void aVersionOfElsewhereIsNotHere() throws IOException {
    server.keepsVersions = true;
    var versions = store().versions().orElseThrow();
    assertThat(versions.exists("a", "gone")).isFalse();
    assertThat(versions.exists("a", "malformed")).isFalse();
    for (var id : List.of("gone", "malformed")) {
      assertThatThrownBy(() -> versions.open("a", id, 0)).isInstanceOf(NoSuchFileException.class);
    }
  }

  @Test
  void aBucketWithoutVersionsSaysSo(@TempDir Path folder) throws IOException {
    var versions = store().versions().orElseThrow();
    assertThat(versions.areKept()).isFalse();
    assertThat(versions.put("a", Files.writeString(folder.resolve("f"), "x")).id()).isEmpty();
  }

  @Test
  void oneBucketHasManyPrefixes() throws IOException {
    var place = stores.open("s3://bucket/a/b/?x=1");
    assertThat(place.key()).isEqualTo("a/b");
    place.store().put("a/b/c", new ByteArrayInputStream("hello".getBytes(UTF_8)), 5);
    assertThat(stores.open("s3://bucket").store()).isSameAs(place.store());
  }
}
