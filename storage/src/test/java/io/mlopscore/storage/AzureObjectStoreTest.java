package io.mlopscore.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A container of Azure Blob Storage keeps the contract.
@NullUnmarked
final class AzureObjectStoreTest implements ObjectStoreContract {
  private FakeAzure server;
  private ObjectStore store;

  @BeforeEach
  void start() {
    server = new FakeAzure();
    store =
        AzureObjectStore.connect(
            "box",
            new AzureOptions(
                URI.create(server.address()),
                "account",
                Optional.of("a2V5"),
                Optional.empty(),
                Optional.empty(),
                AzureOptions.Timeouts.USUAL));
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
  void aLargeObjectComesInBlocks() throws IOException {
    var bytes = new byte[20 << 20];
    new Random(1).nextBytes(bytes);
    store.put("large", new ByteArrayInputStream(bytes), bytes.length);
    try (var in = store.open("large")) {
      assertThat(in.readAllBytes()).isEqualTo(bytes);
    }
    assertThat(server.blocks).isEmpty();
  }

  @Test
  void aTagIsWhatTheServerCallsTheContent() throws IOException {
    store.put("a", new ByteArrayInputStream(new byte[1]), 1);
    assertThat(store.tag("a")).contains(String.valueOf(server.time("a").toEpochMilli()));
    assertThat(store.tag("none")).isEmpty();
  }
}
