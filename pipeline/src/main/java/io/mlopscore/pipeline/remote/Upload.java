package io.mlopscore.pipeline.remote;

import io.mlopscore.pipeline.ObjectFiles;
import io.mlopscore.pipeline.remote.Transfer.Mover;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Copies objects of the cache to a remote.
final class Upload implements Mover {
  private final Path cacheRoot;
  private final Remote remote;
  private final Progress progress;
  private final ObjectFiles files;

  Upload(Path cacheRoot, Remote remote, Progress progress) {
    this.cacheRoot = cacheRoot;
    this.remote = remote;
    this.progress = progress;
    this.files = ObjectFiles.on(cacheRoot);
  }

  @Override
  public void move(StoredObject object) throws IOException {
    var source = cacheRoot.resolve(object.key());
    if (remote.directory().isPresent()) {
      var target = remote.directory().get().resolve(object.key());
      files.copy(source, target, !object.isRun());
    } else {
      Attempts.OVER_NETWORK.run(() -> remote.store().put(remote.key(object), source));
    }
    progress.moved(Files.size(source));
  }
}
