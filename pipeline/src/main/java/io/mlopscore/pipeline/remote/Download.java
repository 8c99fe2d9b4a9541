package io.mlopscore.pipeline.remote;

import io.mlopscore.pipeline.Md5;
import io.mlopscore.pipeline.ObjectFiles;
import io.mlopscore.pipeline.PipelineException;
import io.mlopscore.pipeline.remote.Transfer.Mover;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;

/// Copies objects of a remote to the cache, and hashes them on the way: bytes that are not those of
/// their name never become an object.
///
/// A connection that breaks is taken up where it broke.
final class Download implements Mover {
  /// Where the bytes of objects come from.
  interface Source {
    /// @param from the first byte that is wanted
    InputStream open(StoredObject object, long from) throws IOException;

    /// What to say of bytes that are not those of the object.
    String mismatch(StoredObject object);
  }

  private static final int BUFFER = 1 << 18;

  private final Path cacheRoot;
  private final Remote remote;
  private final Progress progress;
  private final Source source;
  private final ObjectFiles files;

  Download(Path cacheRoot, Remote remote, Progress progress) {
    this(cacheRoot, remote, progress, new ByHash(remote));
  }

  Download(Path cacheRoot, Remote remote, Progress progress, Source source) {
    this.cacheRoot = cacheRoot;
    this.remote = remote;
    this.progress = progress;
    this.source = source;
    this.files = ObjectFiles.on(cacheRoot);
  }

  @Override
  public void move(StoredObject object) throws IOException {
    var target = cacheRoot.resolve(object.key());
    if (remote.directory().isPresent() && !isChecked(object)) {
      var source = remote.directory().get().resolve(object.key());
      files.copy(source, target, !object.isRun());
      progress.moved(Files.size(target));
    } else {
      files.place(target, !object.isRun(), out -> receive(object, out));
    }
  }

  private boolean isChecked(StoredObject object) {
    return remote.verified() && !object.isRun();
  }

  private void receive(StoredObject object, FileChannel out) throws IOException {
    var digest = object.isRun() ? Md5.digest("MD5") : object.content().digest();
    var attempts = remote.directory().isPresent() ? Attempts.ONE : Attempts.OVER_NETWORK;
    attempts.run(
        () -> {
          try (var in = source.open(object, out.position())) {
            receive(in, out, digest);
          }
        });
    if (isChecked(object) && !object.isOf(digest)) {
      throw new PipelineException(source.mismatch(object));
    }
  }

  /// A remote that keeps objects by their hash.
  private record ByHash(Remote remote) implements Source {
    @Override
    public InputStream open(StoredObject object, long from) throws IOException {
      if (remote.directory().isPresent()) {
        return Files.newInputStream(remote.directory().get().resolve(object.key()));
      }
      return remote.store().open(remote.key(object), from, Long.MAX_VALUE);
    }

    @Override
    public String mismatch(StoredObject object) {
      return "remote '%s': the bytes of %s are not those of its name; `mlops fsck -c` looks for more"
          .formatted(remote.name(), remote.key(object));
    }
  }

  private void receive(InputStream in, FileChannel out, MessageDigest digest) throws IOException {
    var buffer = BUFFERS.get();
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      digest.update(buffer, 0, read);
      for (var bytes = ByteBuffer.wrap(buffer, 0, read); bytes.hasRemaining(); ) {
        out.write(bytes);
      }
      progress.moved(read);
    }
  }

  private static final ThreadLocal<byte[]> BUFFERS =
      ThreadLocal.withInitial(() -> new byte[BUFFER]);
}
