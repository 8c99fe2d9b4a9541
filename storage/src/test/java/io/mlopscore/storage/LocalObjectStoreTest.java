package io.mlopscore.storage;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/// A directory keeps the contract.
final class LocalObjectStoreTest implements ObjectStoreContract {
  @TempDir private Path directory;

  @Override
  public ObjectStore store() {
    return new LocalObjectStore(directory.resolve("store"));
  }
}
