package io.mlopscore.pipeline.remote;

import io.mlopscore.pipeline.ContentCache;
import io.mlopscore.pipeline.VersionedFile;
import io.mlopscore.pipeline.remote.Transfer.Mover;
import io.mlopscore.storage.ObjectVersions;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Copies objects of the cache to the paths of their files, and notes the versions that they get.
final class VersionedUpload implements Mover {
  private final ContentCache cache;
  private final RemoteSession session;
  private final ObjectVersions versions;
  private final Map<StoredObject, PathFile> files;
  private final Map<String, VersionedFile> sent = new ConcurrentHashMap<>();

  VersionedUpload(
      ContentCache cache,
      RemoteSession session,
      ObjectVersions versions,
      Map<StoredObject, PathFile> files) {
    this.cache = cache;
    this.session = session;
    this.versions = versions;
    this.files = files;
  }

  /// What arrived, by path.
  Map<String, VersionedFile> sent() {
    return sent;
  }

  @Override
  public void move(StoredObject target) throws IOException {
    var file = Optional.ofNullable(files.get(target)).orElseThrow();
    Attempts.OVER_NETWORK.run(() -> send(file));
  }

  private void send(PathFile file) throws IOException {
    var remote = session.remote();
    var version = versions.put(remote.prefix() + file.path(), cache.object(file.hash()));
    if (version.id().isEmpty()) {
      throw VersionedPush.noVersions(remote);
    }
    sent.put(file.path(), VersionSearch.versioned(remote, file, version));
    session.progress().moved(version.size());
  }
}
