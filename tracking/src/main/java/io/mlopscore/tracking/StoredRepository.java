package io.mlopscore.tracking;

import io.mlopscore.storage.ObjectStores.Place;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// The artifacts below a place in an object store.
record StoredRepository(Place root) implements ArtifactRepository {
  private interface Access<T> {
    T through(String key) throws IOException;
  }

  /// A store refuses keys that lead out of it, as through a symbolic link.
  private <T> T at(String path, Access<T> access) throws IOException {
    var key = ArtifactPath.join(root.key(), ArtifactPath.of(path));
    try {
      return access.through(key);
    } catch (IllegalArgumentException e) {
      throw new TrackingException(
          ErrorCode.INVALID_PARAMETER_VALUE,
          "Invalid path: resolved path is outside the artifact directory",
          e);
    }
  }

  @Override
  public Optional<FileInfo> find(String path) throws IOException {
    var size = at(path, key -> key.isEmpty() ? OptionalLong.empty() : root.store().size(key));
    return size.isPresent()
        ? Optional.of(new FileInfo(ArtifactPath.name(path), false, size.getAsLong()))
        : Optional.empty();
  }

  @Override
  public List<FileInfo> list(String path) throws IOException {
    return at(path, key -> root.store().children(key)).stream()
        .map(child -> new FileInfo(child.name(), child.isFolder(), child.size()))
        .toList();
  }

  @Override
  public InputStream open(String path, long from, long length) throws IOException {
    return at(
        path,
        key -> {
          if (key.isEmpty()) {
            throw new NoSuchFileException(path);
          }
          return root.store().open(key, from, length);
        });
  }

  @Override
  public void write(String path, InputStream content, long size) throws IOException {
    at(
        path,
        key -> {
          root.store().put(key, content, size);
          return key;
        });
  }

  @Override
  public void write(String path, Path source) throws IOException {
    at(
        path,
        key -> {
          root.store().put(key, source);
          return key;
        });
  }

  /// The root itself stays: a slip must not empty a whole server.
  @Override
  public void delete(String path) throws IOException {
    at(
        path,
        key -> {
          if (root.store().exists(key)) {
            root.store().delete(key);
          } else if (!key.isEmpty()) {
            root.store().deleteFolder(key);
          }
          return key;
        });
  }

  @Override
  public Optional<SignedFile> signed(String path) {
    var key = ArtifactPath.join(root.key(), ArtifactPath.of(path));
    return root.store().signedTransfers().map(transfers -> new SignedFile(transfers, key));
  }
}
