package io.mlopscore.storage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.UUID;

/// Objects as files of a directory, which may be a mounted share.
public final class LocalObjectStore implements ObjectStore {
  private static final String TEMPORARY = ".tmp";

  private final Path root;

  /// @param root need not exist yet
  public LocalObjectStore(Path root) {
    this.root = root;
  }

  @Override
  public boolean exists(String key) {
    return Files.isRegularFile(file(key));
  }

  @Override
  public InputStream open(String key) throws IOException {
    return Files.newInputStream(file(key));
  }

  @Override
  public void put(String key, Path source) throws IOException {
    var target = file(key);
    Files.createDirectories(target.getParent());
    var temporary = target.resolveSibling("." + UUID.randomUUID() + TEMPORARY);
    try {
      try (var in = Files.newInputStream(source);
          var out = Files.newOutputStream(temporary)) {
        in.transferTo(out);
      }
      Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  @Override
  public List<String> list(String prefix) throws IOException {
    if (!Files.isDirectory(root)) {
      return List.of();
    }
    try (var files = Files.walk(root)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> root.relativize(file).toString().replace('\\', '/'))
          .filter(key -> key.startsWith(prefix) && !key.endsWith(TEMPORARY))
          .sorted()
          .toList();
    }
  }

  @Override
  public void delete(String key) throws IOException {
    Files.deleteIfExists(file(key));
  }

  private Path file(String key) {
    return root.resolve(ObjectStore.requireKey(key));
  }
}
